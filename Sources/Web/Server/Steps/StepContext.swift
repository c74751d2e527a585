internal import API
internal import Core
internal import Runtime
internal import Store

/// What has to be known of a task to show one of its steps.
struct StepContext {
    var task: TaskRow
    /// The tasks that its steps have started, as far as they are told.
    var children: [TaskRow]
    /// Where it waits.
    var waits = WaitingPlaces.none

    static func read(_ task: TaskRow, _ runtime: Runtime) async throws -> StepContext {
        StepContext(
            task: task, children: try await runtime.store.children(of: task.number, limit: TaskDetail.linksMaximum),
            waits: try await WaitingPlaces.read(task, runtime))
    }

    /// Where what a step was given and has made is loaded from. While it goes on, everything that happens may change that; of
    /// what only holds other steps nothing changes but its ends.
    func contents(of step: StepDetail) -> FragmentView {
        var version = version(of: step)
        if step.row?.ended == nil, !step.isContainer || step.kind == "branch" {
            version += "-\(task.position.rawValue)"
        }
        let address = StepAddress(task: task.number, step: step.path)
        return FragmentView(path: address.fragment("contents"), version: version, page: address.onTaskPage)
    }

    /// Where what stands in a loop or an iteration is loaded from.
    func parts(of step: StepDetail, _ page: IterationPage? = nil) -> FragmentView {
        var version = version(of: step)
        if step.row?.ended == nil { version += "-\(task.position.rawValue)" }
        let address = LoopPageAddress(
            task: task.number, loop: step.path, after: page?.after, isFailedOnly: page?.isFailedOnly ?? false)
        return FragmentView(path: address.fragment, version: version, page: address.onTaskPage)
    }

    private func version(of step: StepDetail) -> String {
        guard let row = step.row else { return step.status }
        return """
            \(row.status)-\(row.runs)-\(row.ended?.millisecondsSinceEpoch ?? 0)-\(row.waitingSince?.millisecondsSinceEpoch ?? 0)-\
            \(row.cost.rawValue)
            """
    }
}

extension LoopPageView {
    init(_ page: IterationPage, loop: StepPath, failed: Int, in task: TaskNumber) {
        self.init(
            task: task, loop: loop, bounds: page.bounds, total: page.total, failed: failed, next: page.next,
            after: page.after,
            isFailedOnly: page.isFailedOnly, size: StepOverview.pageSize)
    }
}
