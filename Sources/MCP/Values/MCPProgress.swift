internal import Core

/// How far a call has come, in the server's words.
public struct MCPProgress: Sendable, Hashable {
    /// It grows from one note to the next.
    public var progress: Double
    /// What it grows to, if that is known.
    public var total: Double?
    public var message: String?

    /// A note.
    public init(progress: Double, total: Double? = nil, message: String? = nil) {
        self.progress = progress
        self.total = total
        self.message = message
    }

    /// Reads the parameters of `notifications/progress`; nil when they tell nothing.
    init?(_ params: JSONObject) {
        guard let progress = params["progress"]?.number else { return nil }
        self.init(
            progress: progress, total: params["total"]?.number,
            message: params["message"]?.stringValue.map { String($0.prefix(Limits.mcpNoteLengthMaximum)) })
    }
}

extension JSON {
    fileprivate var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }
}
