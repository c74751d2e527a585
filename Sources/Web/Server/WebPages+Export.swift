internal import Core
public import Runtime

/// How many of the newest events the timeline of an exported page shows.
private let timelineMaximum = 200

extension WebPages {
    /// What an export of a task shows when it is kept as a page.
    public var exportPage: @Sendable (TaskExport) async throws -> [UInt8] {
        { export in
            let detail = try await runtime.detail(of: export.task)
            let steps = try StepsPartView(detail, user: "")
            let head = try await runtime.head(of: export.task)
            return TaskExportPage.shown(
                TaskPageView(head, .steps(steps), approvals: 0, now: export.at), steps,
                TimelineView(events: try EventView.timeline(detail.events.suffix(timelineMaximum))))
        }
    }
}
