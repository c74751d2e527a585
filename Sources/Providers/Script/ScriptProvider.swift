internal import CEL
internal import Core
public import Plans

/// Answers from a file of the plan instead of a model: free, without a network, and the same every time. What it says
/// may be computed from what the step was given, and is always labelled as scripted.
public struct ScriptProvider: ModelProvider {
    private let script: ScriptDefinition
    private let pause: @Sendable (Duration) async throws -> Void

    public var name: String { "script" }

    /// A provider that gives these answers.
    /// - Parameter pause: Lets the time between two pieces of a delayed answer pass.
    public init(
        _ script: ScriptDefinition,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.script = script
        self.pause = pause
    }

    public func respond(
        to request: ModelRequest, onEvent: @Sendable (ModelEvent) async -> Void
    ) async throws -> ModelResponse {
        let scope = scope(of: request)
        let answer = try answer(in: scope)
        let text = try located(at: answer.textPlace) {
            let value = try answer.text.evaluate(in: scope)
            guard !value.isNull else {
                throw SignalboxError(.expression, "The text of the answer is null.")
            }
            return value.stringValue ?? value.text
        }
        let thinking = try located(at: answer.textPlace) { try answer.thinking?.evaluate(in: scope) }
        let calls = try toolCalls(of: answer, in: scope, turn: request.messages.count { $0.role == .assistant } + 1)
        if let thinking { await onEvent(.reasoning(thinking.stringValue ?? thinking.text)) }
        try await tell(text, over: .milliseconds(answer.delayMilliseconds ?? 0), onEvent)
        for call in calls {
            await onEvent(.toolCall(id: call.id, name: call.name))
            await onEvent(.toolArguments(JSON.object(call.arguments).text))
        }
        var response = ModelResponse(
            text: text, reasoning: thinking.map { $0.stringValue ?? $0.text },
            stopReason: calls.isEmpty ? .end : .toolUse, isUsageEstimated: answer.tokens == nil,
            responseModel: script.path, isScripted: true)
        response.parts += calls.map(MessagePart.toolCall)
        response.usage = usage(of: answer, request, response.parts)
        return response
    }

    private func toolCalls(
        of answer: ScriptDefinition.Answer, in scope: Scope, turn: Int
    ) throws -> [ToolCall] {
        try answer.toolCalls.enumerated().map { place, call in
            let arguments = try located(at: call.place) { try call.arguments.evaluate(in: scope) }
            let id = "call_\(turn)_\(place + 1)"
            guard case .object(let members) = arguments else {
                // A script may rehearse a model's mistake.
                return ToolCall(id: id, name: call.name, arguments: [:], malformed: arguments.text)
            }
            return ToolCall(id: id, name: call.name, arguments: members)
        }
    }

    private func scope(of request: ModelRequest) -> Scope {
        var scope = Scope()
        for name in ["inputs", "steps", "task"] { scope[name] = Value(request.context[name] ?? [:]) }
        for name in ["item", "index", "previous"] { scope[name] = request.context[name].map(Value.init) }
        scope["agent"] = Value(request.context["agent"] ?? "")
        scope["prompt"] = .string(request.messages.first { $0.role == .user }?.text ?? "")
        let answers = request.messages.count { $0.role == .assistant }
        scope["turn"] = .int(Int64(answers + 1))
        scope["answer"] = .string(answers > 0 ? request.messages.last { $0.role == .user }?.text ?? "" : "")
        scope["system"] = .string(request.system ?? "")
        scope["results"] = Value(.array(request.latestResults))
        scope["tools"] = Value(.array(request.tools.map { .string($0.name) }))
        return scope
    }

    private func answer(in scope: Scope) throws -> ScriptDefinition.Answer {
        for answer in script.answers {
            guard let condition = answer.condition else { return answer }
            let fits = try located(at: answer.conditionPlace) {
                do {
                    guard case .bool(let fits) = try condition.evaluate(in: scope) else {
                        throw SignalboxError(
                            .expression, "The condition \"\(condition.source)\" is neither true nor false.")
                    }
                    return fits
                } catch let error as EvaluationError {
                    throw SignalboxError(
                        .expression, "In \"\(condition.source)\": \(error.message).", cause: error)
                }
            }
            if fits { return answer }
        }
        throw SignalboxError(
            .expression, "No answer of the script \(script.path) fits this request.",
            at: .source(file: script.path, line: 1, column: 1), hint: "Add a last answer without \"when\".")
    }

    /// Errors of the body with the place in the script's file.
    private func located<Result>(at place: Place, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch var error as SignalboxError {
            error.place = place
            throw error
        }
    }

    private func tell(_ text: String, over delay: Duration, _ onEvent: (ModelEvent) async -> Void) async throws {
        let words = Self.words(of: text)
        let pieceCount = max(1, min(Int(delay / Self.pieceTime), words.count))
        for piece in 0..<pieceCount {
            try Task.checkCancellation()
            if delay > .zero { try await pause(delay / pieceCount) }
            let range = words.count * piece / pieceCount..<words.count * (piece + 1) / pieceCount
            let stretch = words[range].joined()
            if !stretch.isEmpty { await onEvent(.text(stretch)) }
        }
    }

    /// How often a delayed answer grows: often enough to look alive.
    private static let pieceTime = Duration.milliseconds(40)

    /// The words with the space that follows them; together they are the text.
    private static func words(of text: String) -> [Substring] {
        var words: [Substring] = []
        var rest = text[...]
        while !rest.isEmpty {
            let word = rest.prefix { !$0.isWhitespace }
            let end = rest[word.endIndex...].firstIndex { !$0.isWhitespace } ?? rest.endIndex
            words.append(rest[..<end])
            rest = rest[end...]
        }
        return words
    }

    private func usage(of answer: ScriptDefinition.Answer, _ request: ModelRequest, _ parts: [MessagePart])
        -> TokenUsage
    {
        if let tokens = answer.tokens { return tokens }
        return .estimate(
            prompt: ([request.system].compactMap(\.self) + request.messages.map(\.allText)).joined(separator: "\n"),
            completion: parts.map(\.allText).joined())
    }
}

extension ModelRequest {
    /// What the tools have answered that the model called last, as scripts see it.
    fileprivate var latestResults: [JSON] {
        let latest = messages.reversed().prefix { $0.role == .user }.reversed().flatMap(\.parts)
        return latest.compactMap { part in
            guard case .toolResult(let result) = part else { return nil }
            return [
                "tool": .string(result.name), "text": .string(result.text), "error": .bool(result.isError),
            ]
        }
    }
}
