internal import CEL
internal import Core
internal import Plans

/// What the fake model server answers: the first answer that fits a request and is not used up.
public struct FakeScript: Sendable {
    /// What messages call the file.
    let path: String
    let answers: [FakeAnswer]
    /// The variables that any of its expressions looks at; others need not be made.
    let variables: Set<String>

    init(path: String, answers: [FakeAnswer], variables: Set<String>) {
        self.path = path
        self.answers = answers
        self.variables = variables
    }

    /// The variables that expressions may use.
    static let variableNames = [
        "prompt", "system", "messages", "last", "turn", "tools", "results", "model", "stream", "headers", "request",
    ]

    /// Reads a script.
    /// - Parameter path: what messages call it.
    /// - Throws: `SignalboxError` with code `invalid_plan`, whose diagnostics tell all mistakes, or
    ///   `invalid_configuration` when it is not YAML.
    public init(parsing text: String, path: String) throws {
        var reader = FakeScriptReader(path: path)
        self = try reader.read(text)
    }
}
