public import Core
internal import Plans

/// The answers to what a server asked, with which its call goes on.
public struct MCPAnswers: Sendable, Hashable {
    /// What was asked.
    public let input: MCPInputRequired
    let answers: [String: MCPAnswer]

    /// Questions without an answer count as not answered (`cancel`).
    /// - Throws: `SignalboxError` with code `invalid_input` when an answer does not fit its form, with all that does not
    ///   fit by JSON pointers below the question's key.
    public init(_ answers: [String: MCPAnswer], to input: MCPInputRequired) throws {
        self.input = input
        self.answers = answers
        for question in input.questions {
            guard case .form(let schema) = question.kind, case .accept(let values)? = answers[question.key] else {
                continue
            }
            let violations = try JSONSchema(schema, assertsFormats: true).validate(.object(values))
            guard violations.isEmpty else {
                throw SignalboxError(
                    .invalidInput, "The answer to \"\(question.message)\" is not what is asked for.",
                    diagnostics: violations.diagnostics(below: "/\(question.key)"))
            }
        }
    }

    /// The result of `elicitation/create` for a question.
    func result(for question: MCPQuestion) -> JSON {
        switch answers[question.key] ?? .cancel {
        case .accept(let values):
            // At an address nothing is filled in.
            if case .form = question.kind {
                ["action": "accept", "content": .object(values)]
            } else {
                ["action": "accept"]
            }
        case .decline: ["action": "decline"]
        case .cancel: ["action": "cancel"]
        }
    }
}

/// A person's answer to one question.
public enum MCPAnswer: Sendable, Hashable {
    /// What was filled in; nothing for an address that was visited.
    case accept(JSONObject)
    /// The person does not want to.
    case decline
    /// Nobody has decided.
    case cancel
}
