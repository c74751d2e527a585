internal import Core
internal import Providers

/// What a model is asked to say with each tool call beside the tool's own arguments: why, how sure it is, and what else
/// it considered. It is taken off before the tool sees the arguments.
struct CallDetails: Sendable {
    var reason: String?
    /// From 0 to 1; nil when it was not stated, or is no such number.
    var confidence: Double?
    var alternatives: JSON?

    private static let reason = "reason"
    private static let confidence = "confidence"
    private static let alternatives = "alternatives"

    /// The tool as the model is told of it, with the further questions.
    static func asked(in declaration: ToolDeclaration) -> ToolDeclaration {
        guard case .object(var schema) = declaration.parameters else { return declaration }
        var properties = schema["properties"]?.objectValue ?? [:]
        let own = properties
        properties[name(reason, own)] = ["type": "string", "description": "Why you call this tool, in one sentence."]
        properties[name(confidence, own)] = [
            "type": "number", "minimum": 0, "maximum": 1, "description": "How sure you are that it is right.",
        ]
        properties[name(alternatives, own)] = [
            "type": "array", "items": ["type": "string"], "description": "What else you considered, if anything.",
        ]
        schema["properties"] = .object(properties)
        var copy = declaration
        copy.parameters = .object(schema)
        return copy
    }

    /// Takes the answers off the arguments of a call.
    static func taken(
        from arguments: JSONObject, _ declaration: ToolDeclaration?
    ) -> (arguments: JSONObject, details: CallDetails) {
        let own = declaration?.parameters["properties"]?.objectValue ?? [:]
        var rest = arguments
        func take(_ word: String) -> JSON? {
            let name = name(word, own)
            defer { rest[name] = nil }
            return rest[name]
        }
        var details = CallDetails()
        details.reason = take(reason)?.stringValue.map { String($0.prefix(textLengthMaximum)) }
        // A number that is no degree of certainty says none: rules on it must not take it for a high or a low one. What was
        // written stands in the model's answer.
        switch take(confidence) {
        case .double(let value)? where (0...1).contains(value): details.confidence = value
        case .int(let value)? where (0...1).contains(value): details.confidence = Double(value)
        default: break
        }
        if let alternatives = take(alternatives)?.arrayValue, !alternatives.isEmpty {
            let texts = alternatives.prefix(10).map { String(($0.stringValue ?? $0.text).prefix(textLengthMaximum)) }
            details.alternatives = .array(texts.map(JSON.string))
        }
        return (rest, details)
    }

    private static let textLengthMaximum = 2_000

    /// The name of a question: a tool that has an argument of that name itself keeps it.
    private static func name(_ word: String, _ own: JSONObject) -> String {
        own[word] == nil ? word : "call_" + word
    }
}
