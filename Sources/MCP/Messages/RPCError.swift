internal import Core

/// An error as the answer to a request (JSON-RPC 2.0 §5.1).
struct RPCError: Error {
    var code: Int64
    var message: String
    var data: JSON?

    /// The names of the codes that mean something here (2026-07-28, basic § Error Codes).
    static let methodNotFound: Int64 = -32601
    static let headerMismatch: Int64 = -32020
    static let missingCapability: Int64 = -32021
    static let unsupportedRevision: Int64 = -32022
    /// Of 2025-11-25 only.
    static let visitRequired: Int64 = -32042

    /// Whether only a server of revision 2026-07-28 or later answers so (basic/versioning § Backward Compatibility).
    var isOfStatelessServer: Bool {
        [Self.headerMismatch, Self.missingCapability, Self.unsupportedRevision].contains(code)
    }

    /// The end of a sentence.
    var reason: String {
        let text = message.prefix(Limits.mcpNoteLengthMaximum).split(whereSeparator: \.isNewline).joined(separator: " ")
        return "it answered with the error \(code)" + (text.isEmpty ? "" : ": \(String(text).asReason)")
    }

    var hint: String? {
        code == Self.missingCapability
            ? "The server needs something of its clients that Signalbox does not offer." : nil
    }

    /// Reads the member `error` of a response; nil when it is none.
    init?(_ json: JSON) {
        guard let code = json["code"]?.intValue, let message = json["message"]?.stringValue else { return nil }
        self.init(code: code, message: message, data: json["data"])
    }

    init(code: Int64, message: String, data: JSON? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }
}
