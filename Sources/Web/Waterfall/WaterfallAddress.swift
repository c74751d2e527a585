internal import API
internal import Core

/// Addresses of a task's waterfall, which say what is shown by itself.
struct WaterfallAddress: Sendable {
    var task: TaskNumber
    var focus: StepPath?
    var after: Int?
    /// Whether waits are drawn as long as they were.
    var isWallTime = false

    var query: String {
        let focus = focus.map { "&in=\(Attachment.percentEncoded($0.rawValue))" } ?? ""
        return focus + (after.map { "&after-iteration=\($0)" } ?? "") + (isWallTime ? "&time=wall" : "")
    }

    var path: String { "/tasks/\(task.rawValue)?part=waterfall\(query)" }
}
