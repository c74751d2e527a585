internal import Core
internal import Engine
internal import Providers
internal import Secrets

/// Asks a model whether an agent goes round in circles.
struct LoopCheck: Sendable {
    let session: AgentSession
    let models: ProviderRegistry

    private static let instructions = """
        You watch over an agent that calls tools. Decide whether its latest calls go round in circles, without coming \
        nearer to what it was asked to do. Repeating a call that waits for something to change is no circle while the \
        results change.
        """
    private static let schema: JSON = [
        "type": "object", "required": ["circles", "reason"], "additionalProperties": false,
        "properties": [
            "circles": ["type": "boolean"],
            "reason": ["type": "string", "description": "One sentence."],
        ],
    ]

    /// - Parameter model: who is asked, as `provider/model`; nil for the agent's own.
    func ask(about calls: [ToolRequest], model: String?) async throws -> AgentOrder {
        let asked = model ?? session.call.model
        do {
            return try await check(calls, by: asked)
        } catch let error as SignalboxError {
            // An agent is not stopped because its watchman cannot be reached.
            let turn = Turn(
                model: asked, usage: .zero, stopReason: "failed", durationMilliseconds: 0, cost: .zero, request: nil,
                response: ["text": "", "error": .string(session.redactor.redact(error.message))])
            return try await session.recorded { try await session.journal.recordLoopCheck(turn, reason: nil) }
        }
    }

    private func check(_ calls: [ToolRequest], by asked: String) async throws -> AgentOrder {
        let name = try models.modelName(asked)
        let provider = try await models.provider(for: name, plan: session.work.plan)
        let latest = JSON.array(calls.map { ["tool": .string($0.tool), "arguments": .object($0.arguments)] })
        var request = ModelRequest(
            model: name, system: Self.instructions,
            messages: [
                Message(
                    .user,
                    "What it was asked to do:\n\(session.call.prompt.prefix(4_000))\n\nIts latest calls, oldest first:\n\(latest.text.prefix(20_000))"
                )
            ], schema: Self.schema, context: .object(session.call.context))
        request.outputTokensMaximum = 1_000
        let sent = request
        let clock = ContinuousClock()
        let started = clock.now
        let response: ModelResponse
        do {
            response = try await session.limited { try await provider.respond(to: sent) { _ in } }
        } catch let cut as CutResponse {
            response = cut.response
        }
        let turn = session.turn(
            response, of: asked, request: ["messages": .array(sent.messages.map(\.json))], took: clock.now - started)
        let reason = Self.reason(in: response.text).map { session.redactor.redact($0) }
        return try await session.recorded { try await session.journal.recordLoopCheck(turn, reason: reason) }
    }

    /// Why it goes round in circles; nil when it does not, or when the answer cannot be read: an agent is not stopped
    /// because somebody else stammers.
    private static func reason(in text: String) -> String? {
        do {
            let answer = try StructuredAnswer.read(text, as: schema)
            guard answer["circles"]?.boolValue == true else { return nil }
            return answer["reason"]?.stringValue ?? "No reason was given."
        } catch {
            return nil
        }
    }
}
