internal import Core
public import Runtime

extension WebPages {
    /// What an export of a task shows when it is kept as a page.
    public var exportPage: @Sendable (TaskExport) async throws -> [UInt8] {
        { export in
            let detail = try await runtime.detail(of: export.task)
            return TaskExportPage.shown(try TaskPageView(detail, approvals: 0, user: "", now: export.at))
        }
    }
}
