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
    func ask(about calls: [AgentOrder.RecentCall], model: String?) async throws -> AgentOrder {
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

    private func check(_ calls: [AgentOrder.RecentCall], by asked: String) async throws -> AgentOrder {
        let name = try models.modelName(asked)
        let provider = try await models.provider(for: name, plan: session.work.plan)
        let latest = MarkedData.wrap(
            Self.text(of: calls), from: "the calls of an agent", callID: session.work.idempotencyKey)
        var request = ModelRequest(
            model: name, system: Self.instructions + "\n\n" + MarkedData.explanation,
            messages: [
                Message(
                    .user,
                    "What it was asked to do:\n\(session.call.prompt.prefix(Self.promptLength))\n\nIts latest calls, oldest first:\n\(latest)"
                )
            ], schema: Self.schema, context: .object(session.call.context))
        request.outputTokensMaximum = Limits.loopCheckAnswerTokens
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

    /// How much of the task, of all calls, and of each result is shown, in characters. All of it together stays below
    /// `Limits.loopCheckBytesMaximum`, which is what a budget reckons with.
    private static let promptLength = 2_000
    private static let callsLength = 5_000
    private static let resultLength = 300

    /// The calls with the beginnings of their results, a line for each; the latest stay when there is no room for all.
    private static func text(of calls: [AgentOrder.RecentCall]) -> String {
        let lines = calls.map { call in
            var object: JSONObject = ["tool": .string(call.request.tool), "arguments": .object(call.request.arguments)]
            object["result"] = call.result.map { .string(String($0.prefix(resultLength))) }
            if call.hasFailed { object["failed"] = true }
            return JSON.object(object).text
        }
        return String(lines.joined(separator: "\n").suffix(callsLength))
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
