internal import Core

/// Servers with sessions: they ask while the call is under way, and wait.
extension Connection {
    func performHeld<Value: Sendable>(
        _ inquiry: Inquiry<Value>, _ session: Session
    ) async throws -> MCPReply<Value> {
        let call: HeldCall
        if let answers = inquiry.answers, answers.input.continuation != .anew {
            guard case .held(let id) = answers.input.continuation, let found = held.removeValue(forKey: id) else {
                throw Self.gone
            }
            for question in answers.input.questions where !found.answer(question.key, answers.result(for: question)) {
                found.cancel()
                throw Self.gone
            }
            call = found
        } else {
            var exchange = session.exchange(inquiry.method, inquiry.params)
            exchange.headers = inquiry.headers
            exchange.onProgress = inquiry.onProgress
            call = HeldCall(random: &random)
            call.start(exchange, on: session.channel, mayAsk: settings.mayAsk)
        }
        switch try await call.next() {
        case .ended(let result):
            let answer = try result.get()
            try answer.requireComplete()
            return .complete(try await inquiry.read(answer.result))
        case .asked(let question):
            try hold(call)
            return .inputRequired(MCPInputRequired(questions: [question], continuation: .held(id: call.id)))
        }
    }

    /// Keeps a call until a person has answered, though not for ever.
    private func hold(_ call: HeldCall) throws {
        guard held.count < Limits.mcpHeldCallsMaximum else {
            call.cancel()
            throw Fault("more than \(Limits.mcpHeldCallsMaximum) of its calls wait for people already")
        }
        held[call.id] = call
        // Owned by nobody: it looks once, when the time is over, whether the call still waits.
        Task { [weak self] in
            try await Task.sleep(for: .milliseconds(Limits.mcpHeldCallMilliseconds))
            await self?.expire(call.id)
        }
    }

    private func expire(_ id: String) { held.removeValue(forKey: id)?.cancel() }
}
