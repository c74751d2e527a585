internal import Core
internal import Runtime
internal import Store

/// Reads what people have decided in a task.
enum SettledRequestsLoader: Sendable {
    /// How many of the latest decisions a page shows.
    private static let decisionsMaximum = 50

    static func load(_ task: TaskRow, _ runtime: Runtime) async throws -> [RequestView] {
        let query = DecisionQuery(isOpenOnly: false, task: task.number, size: TaskHead.requestsMaximum)
        let rows = try await runtime.store.decisions(query).decisions
        var views: [RequestView] = []
        for row in rows.filter({ $0.state != DecisionRow.openState }).suffix(decisionsMaximum) {
            let detail = try await runtime.decision(row.id)
            views.append(RequestView(detail.row, detail.request, detail.decision, in: rows, user: runtime.decider))
        }
        return views
    }
}
