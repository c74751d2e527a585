internal import HTTPServer

/// What is asked for by an address.
enum FakeModelPath: Sendable {
    /// A model's answer.
    case answer
    /// How many tokens a request has.
    case count
    /// All models, or the one of that name.
    case models(String?)
    case unknown

    init(_ request: Request) {
        let rest = request.segments.dropFirst()
        switch (request.segments.first, rest.first) {
        case ("v1", "chat") where rest.dropFirst() == ["completions"]: self = .answer
        case ("v1", "responses") where rest.count == 1: self = .answer
        case ("v1", "messages") where rest.count == 1: self = .answer
        case ("v1", "messages") where rest.dropFirst() == ["count_tokens"]: self = .count
        case ("v1", "models"), ("v1beta", "models"), ("v1alpha", "models"):
            switch rest.last?.split(separator: ":").dropFirst().first {
            case "generateContent", "streamGenerateContent": self = .answer
            case "countTokens": self = .count
            case nil: self = .models(Self.name(rest))
            default: self = .unknown
            }
        default: self = .unknown
        }
    }

    /// The interface that an address belongs to; where several have it, the header tells whose client asks.
    static func dialect(of request: Request) -> any Dialect {
        let (first, second) = (request.segments.first, request.segments.dropFirst().first)
        switch second {
        case "chat": return ChatCompletionsDialect()
        case "responses": return ResponsesDialect()
        case "messages": return MessagesDialect()
        default: break
        }
        let isGemini =
            first == "v1beta" || first == "v1alpha" || request.headers["x-goog-api-key"] != nil
            || second == "models" && request.segments.last?.contains(":") == true
        if isGemini { return GenerateContentDialect() }
        return request.headers["anthropic-version"] == nil ? ChatCompletionsDialect() : MessagesDialect()
    }

    private static func name(_ rest: ArraySlice<String>) -> String? {
        rest.count > 1 ? rest.dropFirst().joined(separator: "/") : nil
    }
}
