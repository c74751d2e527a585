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
            let provider = try await models.provider(for: name, plan: work.plan)
            let request = ModelRequest(
                model: name, system: call.system, messages: messages(of: call),
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
        case .end, .other: return outcome(of: response, for: call)
        }
    }

    private func outcome(of response: ModelResponse, for call: StepWork.Agent) -> StepOutcome {
        let message = FinalMessage(response.text)
        let trace = trace(of: response, message)
        switch message.status {
        case .question: return .question(message.text, trace: trace)
        case .failed:
            return .failed(Failure(.agent, message.summary ?? message.text), trace: trace)
        case .completed, .silent: break
        }
        guard let schema = call.schema else {
            return .completed(StepResult(output: .string(message.text), trace: trace))
        }
        do {
            let output = try StructuredAnswer.read(message.text, as: schema)
            return .completed(StepResult(output: output, trace: trace))
        } catch {
            return .failed(Failure(.validation, "The answer is not what the step asks for: \(error)"), trace: trace)
        }
    }

    /// The prompt, and what was said since.
    private func messages(of call: StepWork.Agent) -> [Message] {
        [Message(.user, call.prompt)]
            + call.conversation.map { Message($0.speaker == .model ? .assistant : .user, $0.text) }
    }

    private func request(of call: StepWork.Agent) -> JSON {
        var object: JSONObject = [:]
        object["system"] = call.system.map(JSON.string)
        object["messages"] = .array(
            messages(of: call).map { ["role": .string($0.role.rawValue), "text": .string($0.text)] })
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

    private func trace(of response: ModelResponse, _ message: FinalMessage) -> JSON? {
        var object = JSONObject()
        if response.isScripted { object["scripted"] = true }
        if message.status != .completed { object["status"] = .string(message.status.rawValue) }
        object["summary"] = message.summary.map(JSON.string)
        return object.isEmpty ? nil : .object(object)
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
