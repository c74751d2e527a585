internal import Core
internal import Engine
internal import Providers

/// What the last answer of an agent means for its run.
enum FinalAnswer {
    case outcome(StepOutcome)
    /// It is not what the step asks for; the sentence says why.
    case unusable(String)

    init(_ response: ModelResponse, for call: StepWork.Agent) {
        let message = FinalMessage(response.text)
        let trace = Self.trace(of: response, message)
        switch message.status {
        case .question:
            self = .outcome(.question(message.text, trace: trace))
            return
        case .failed:
            self = .outcome(.failed(Failure(.agent, message.summary ?? message.text), trace: trace))
            return
        case .completed, .silent: break
        }
        guard let schema = call.schema else {
            self = .outcome(.completed(StepResult(output: .string(message.text), trace: trace)))
            return
        }
        do {
            let output = try StructuredAnswer.read(message.text, as: schema)
            try output.requireBounds(of: "The output")
            self = .outcome(.completed(StepResult(output: output, trace: trace)))
        } catch {
            self = .unusable((error as? SignalboxError)?.message ?? "The answer is not what the step asks for.")
        }
    }

    /// What the model is told of an answer that cannot be used.
    static func correction(_ problem: String) -> String {
        "\(problem)\nAnswer again, with JSON that fits and nothing else."
    }

    private static func trace(of response: ModelResponse, _ message: FinalMessage) -> JSON? {
        var object = JSONObject()
        if response.isScripted { object["scripted"] = true }
        if message.status != .completed { object["status"] = .string(message.status.rawValue) }
        object["summary"] = message.summary.map(JSON.string)
        return object.isEmpty ? nil : .object(object)
    }
}
