internal import Core

/// Servers without sessions: what they ask is their answer, and the call is made again with what was said to it
/// (2026-07-28, § Multi Round-Trip Requests).
extension Connection {
    func performInRounds<Value: Sendable>(
        _ inquiry: Inquiry<Value>, _ session: Session
    ) async throws -> MCPReply<Value> {
        var params = inquiry.params
        if let answers = inquiry.answers {
            guard !answers.input.isHeld else { throw Self.gone }
            if case .again(let state) = answers.input.continuation {
                params["inputResponses"] = .object(
                    JSONObject(answers.input.questions.map { ($0.key, answers.result(for: $0)) }))
                params["requestState"] = state.map { .string($0) }
            }
        }
        for round in 0..<Limits.mcpRoundsMaximum {
            if round > 0 { try await Task.sleep(for: .milliseconds(Limits.mcpRoundPauseMilliseconds * Int64(round))) }
            var exchange = session.exchange(inquiry.method, params)
            exchange.headers = inquiry.headers
            exchange.onProgress = inquiry.onProgress
            let answer = try await session.channel.perform(exchange)
            guard answer.result["resultType"] == "input_required" else {
                try answer.requireComplete()
                return .complete(try await inquiry.read(answer.result))
            }
            let reader = MemberReader(answer.result, "the result")
            let state = try reader.optionalText("requestState")
            let questions = try questions(in: try reader.optionalObject("inputRequests") ?? [:])
            guard questions.isEmpty else {
                return .inputRequired(MCPInputRequired(questions: questions, continuation: .again(state: state)))
            }
            // Nothing is asked: it only wants to be called again.
            guard state != nil else { throw Fault("it requires input, but does not say which") }
            params["inputResponses"] = nil
            params["requestState"] = state.map { .string($0) }
        }
        throw Fault("it wants to be called again more than \(Limits.mcpRoundsMaximum) times")
    }

    private func questions(in requests: JSONObject) throws -> [MCPQuestion] {
        guard requests.count <= Limits.mcpQuestionsMaximum else {
            throw Fault("it asks more than \(Limits.mcpQuestionsMaximum) things at once")
        }
        return try requests.map { key, request in
            let reader = try MemberReader(request, "an input request")
            let method = try reader.text("method")
            guard method == "elicitation/create", settings.mayAsk else {
                throw Fault("it asks for \"\(method.prefix(60))\", which it was not offered")
            }
            return try MCPQuestion(key: key, params: .object(try reader.object("params")))
        }
    }

    /// The error for an answer that comes when nobody waits for it any more.
    static var gone: SignalboxError {
        SignalboxError(
            .gone, "The server does not wait for this answer any more.", hint: "Make the call anew without it.")
    }
}
