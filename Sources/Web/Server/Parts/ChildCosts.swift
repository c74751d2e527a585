internal import Core
internal import Store

/// What the tasks that a task has made have used, by where in it they were made: its own rows do not count that.
struct ChildCosts: Sendable {
    /// Oldest first.
    let tasks: [TaskRow]
    private var made: [StepPath?: [TaskRow]] = [:]
    private var within: [StepPath: [TaskRow]] = [:]

    init(_ tasks: [TaskRow]) {
        self.tasks = tasks
        made = Dictionary(grouping: tasks, by: \.parentStep)
        for task in tasks {
            guard let step = task.parentStep else { continue }
            for place in [step] + step.ancestors { within[place, default: []].append(task) }
        }
    }

    /// Those that a step has made, in all its runs.
    /// - Parameter step: nil for those that belong to no step.
    func made(by step: StepPath?) -> [TaskRow] { made[step] ?? [] }

    /// Those that were made in a step, iteration or path, at any depth.
    func made(in place: StepPath) -> [TaskRow] { within[place] ?? [] }

    /// The iterations of a loop in which tasks were made.
    func parts(of loop: StepPath) -> Set<StepPath> {
        Set(within.keys.filter { $0.parent == loop })
    }
}
