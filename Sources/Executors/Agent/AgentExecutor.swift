internal import Core
internal import Engine
internal import Providers

/// Asks models. One request and its answer are a turn, which is made durable before anything is done with it.
struct AgentExecutor: Sendable {
    let models: ProviderRegistry

    func run(
        _ call: StepWork.Agent, of work: StepWork, record: @escaping @Sendable (Turn) async throws -> Void
    ) async throws -> StepOutcome {
        let clock = ContinuousClock()
        let started = clock.now
        let response: ModelResponse
        do {
            let name = try models.modelName(call.model)
            let provider = try models.provider(for: name, plan: work.plan)
            let request = ModelRequest(
                model: name, system: call.system, messages: [Message(.user, call.prompt)],
                context: .object(call.context))
            response = try await work.timeout.limit { try await provider.respond(to: request) { _ in } }
        } catch let error as SignalboxError {
            return .failed(Failure(.modelError, upstream: error))
        }
        let turn = Turn(
            model: call.model, usage: response.usage.map(TokenUsage.init(reported:)) ?? .zero,
            stopReason: response.stopReason.description,
            durationMilliseconds: Int64((clock.now - started) / .milliseconds(1)), request: self.request(of: call),
            response: json(of: response))
        do {
            try await record(turn)
        } catch {
            throw RecordingFailure(cause: error)
        }
        if let refusal = response.refusal {
            return .failed(Failure(.modelError, "The model refused: \(refusal)"))
        }
        switch response.stopReason {
        case .length:
            return .failed(Failure(.modelError, "The answer was cut off at the model's bound on its length."))
        case .contentFilter:
            return .failed(Failure(.modelError, "The provider's content filter withheld the answer."))
        case .end, .other:
            return .completed(StepResult(output: .string(response.text), trace: trace(of: response)))
        }
    }

    private func request(of call: StepWork.Agent) -> JSON {
        var object: JSONObject = [:]
        object["system"] = call.system.map(JSON.string)
        object["messages"] = [["role": "user", "text": .string(call.prompt)]]
        return .object(object)
    }

    private func json(of response: ModelResponse) -> JSON {
        var object: JSONObject = ["text": .string(response.text)]
        object["reasoning"] = response.reasoning.map(JSON.string)
        object["refusal"] = response.refusal.map(JSON.string)
        object["model"] = response.responseModel.map(JSON.string)
        object["id"] = response.responseID.map(JSON.string)
        object["tokens"] = response.usage.map(\.json) ?? "not reported"
        if response.isScripted { object["scripted"] = true }
        return .object(object)
    }

    private func trace(of response: ModelResponse) -> JSON? {
        response.isScripted ? ["scripted": true] : nil
    }
}

extension TokenUsage {
    /// What a provider reported; a kind it did not name counts as zero.
    fileprivate init(reported usage: ReportedUsage) {
        self.init(
            input: Int64(usage.input), cacheRead: Int64(usage.cacheRead ?? 0), cacheWrite: Int64(usage.cacheWrite ?? 0),
            output: Int64(usage.output), reasoning: Int64(usage.reasoning ?? 0))
    }
}

/// The answer of a model could not be made durable: the run has no outcome, and stays in the journal as begun.
struct RecordingFailure: Error {
    let cause: any Error
}
