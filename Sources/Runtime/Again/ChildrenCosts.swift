internal import Core
internal import Engine
internal import Store

/// What the tasks have cost that the steps of a task have started, by the step and by all that it stands in: the steps'
/// own rows do not count it.
struct ChildrenCosts: Sendable {
    private var starters: [TaskNumber: StepPath] = [:]
    private(set) var costs: [StepPath: Money] = [:]

    /// The events that tell it.
    static let kinds: Set<EventKind> = [.childEnded, .childRepriced]

    /// Takes an event of one of these kinds.
    /// - Returns: which step has cost more by it, and how much; nil for none.
    mutating func note(_ kind: EventKind, step: StepPath?, payload: JSON?) -> (step: StepPath, cost: Money)? {
        guard let child = payload?["task"]?.intValue.map(TaskNumber.init(rawValue:)) else { return nil }
        let cost: Money?
        if kind == .childEnded {
            starters[child] = step
            cost = Money("cost", in: payload?["spending"])
        } else {
            cost = Money("change", in: payload)
        }
        guard let step = starters[child], let cost, cost != .zero else { return nil }
        for place in [step] + step.ancestors { costs[place] = (costs[place] ?? .zero) + cost }
        return (step, cost)
    }
}

extension Runtime {
    /// What the tasks have cost that the steps of a task have started.
    func childrenCosts(of task: TaskNumber) async throws -> ChildrenCosts {
        var children = ChildrenCosts()
        guard let row = try await store.task(task), row.childrenCost != .zero else { return children }
        let (kinds, limit) = (ChildrenCosts.kinds.map(\.rawValue), 500)
        var position = Position.zero
        while true {
            let events = try await store.events(after: position, of: task, kinds: kinds, limit: limit)
            for event in events {
                guard let kind = EventKind(rawValue: event.kind) else { continue }
                _ = children.note(kind, step: event.step, payload: try await payload(of: event))
            }
            guard let last = events.last, events.count == limit else { return children }
            position = last.position
        }
    }
}
