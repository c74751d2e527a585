/// The one error vocabulary: what was wrong, where, and what to do. Each layer translates foreign errors into it at its
/// edge. Nothing secret may stand in it, for it reaches logs, pages and clients.
public struct SignalboxError: Error, Sendable {
    /// A stable word for programs.
    public var code: Code
    /// A sentence for people.
    public var message: String
    /// Where in the input it is wrong, if it is about an input.
    public var place: Place?
    /// What to do about it.
    public var hint: String?
    /// A JSON pointer to the member of the request that would put it right too, if it is one that was left out. What it is
    /// called where somebody gives it, as an option or a field, is for the way in to say.
    public var remedy: String?
    /// All findings, when there are several.
    public var diagnostics: [Diagnostic]
    /// What it came from.
    public var cause: (any Error)?

    /// An error of that code.
    public init(
        _ code: Code, _ message: String, at place: Place? = nil, hint: String? = nil,
        remedy: String? = nil, diagnostics: [Diagnostic] = [], cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.place = place
        self.hint = hint
        self.remedy = remedy
        self.diagnostics = diagnostics
        self.cause = cause
    }

    /// A stable word for programs; new ones may be added by any layer.
    public struct Code: Sendable, Hashable, RawRepresentable {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The text is not JSON.
        public static let invalidJSON = Code(rawValue: "invalid_json")
        /// The input is well-formed but not what is asked for.
        public static let invalidInput = Code(rawValue: "invalid_input")
        /// The plan has mistakes; `diagnostics` lists them all.
        public static let invalidPlan = Code(rawValue: "invalid_plan")
        /// An expression cannot be read or evaluated.
        public static let expression = Code(rawValue: "expression_error")
        /// There is no such thing.
        public static let notFound = Code(rawValue: "not_found")
        /// It was deleted; the message says when and by whom.
        public static let gone = Code(rawValue: "gone")
        /// It cannot be done in the present state.
        public static let conflict = Code(rawValue: "conflict")
        /// It is no longer what the client has seen.
        public static let preconditionFailed = Code(rawValue: "precondition_failed")
        /// A limit is exceeded; the message names it.
        public static let limit = Code(rawValue: "limit_exceeded")
        /// The data directory or the database cannot be used.
        public static let storage = Code(rawValue: "storage_error")
        /// The server is stopping, or cannot answer now.
        public static let unavailable = Code(rawValue: "unavailable")
        /// Another system answered with an error or not at all.
        public static let upstream = Code(rawValue: "upstream_error")
        /// A request would have gone to an address that it may not be sent to.
        public static let addressRefused = Code(rawValue: "address_refused")
        /// The configuration is wrong.
        public static let configuration = Code(rawValue: "invalid_configuration")
        /// A defect of Signalbox itself.
        public static let `internal` = Code(rawValue: "internal_error")
    }
}

extension SignalboxError: CustomStringConvertible {
    /// Place, sentence and hint, each finding on a line of its own.
    public var description: String {
        var lines = [(place.map { "\($0): " } ?? "") + message]
        for finding in diagnostics {
            lines.append("\(finding.place): \(finding.message)" + (finding.hint.map { "\n    hint: \($0)" } ?? ""))
        }
        if let hint { lines.append("hint: \(hint)") }
        return lines.joined(separator: "\n")
    }
}
