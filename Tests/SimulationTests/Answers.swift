import Core

@testable import Engine

/// What everybody outside answers: a function of the seed, the step, and what has durably happened to it before, so that
/// crashes change no answer.
struct Answers {
    let seed: UInt64

    private func number(_ path: String, _ what: String) -> Int {
        var hash: UInt64 = 14_695_981_039_346_656_037 ^ seed
        // FNV-1a, with a last mixing so that the low bits are good.
        for byte in "\(path) \(what)".utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
        return Int((hash ^ (hash >> 33)) % 1_000)
    }

    /// How often a step fails before it succeeds; many for ever.
    func failures(of path: String) -> Int {
        switch number(path, "fails") {
        case ..<100: 1
        case ..<130: 2
        case ..<150: .max
        default: 0
        }
    }

    func output(of path: String) -> JSON {
        let number = number(path, "output")
        return number % 5 == 0 ? ["n": .int(Int64(number))] : .int(Int64(number % 10))
    }

    /// Whether an agent asks before it answers.
    func asks(_ path: String) -> Bool { number(path, "asks") < 250 }

    /// Which path an agent takes; one that there is not now and then.
    func choice(at path: String) -> JSON {
        let names = ["left", "right", "left", "nowhere"]
        return ["path": .string(names[number(path, "choice") % 4]), "reason": "because", "confidence": 0.5]
    }

    func payload(ofSignal name: String) -> JSON { .int(Int64(number(name, "signal"))) }

    /// What an executor comes to.
    /// - Parameter failures: how often the step has failed before.
    func outcome(of work: StepWork, at path: String, failures: Int) -> StepOutcome {
        guard failures >= self.failures(of: path) else {
            return .failed(Failure(number(path, "cause") < 500 ? .toolError : .timeout, "broke"))
        }
        return .completed(StepResult(output: output(of: path)))
    }

    /// What a model answers: it calls tools for some turns, and then says how the run ends.
    func turn(
        of agent: StepWork.Agent, _ conversation: [ConversationMessage], at path: String, failures: Int
    ) -> (calls: [ToolRequest], outcome: StepOutcome?) {
        let turn = conversation.count { $0.speaker == .model } + 1
        let turns = agent.schema == nil ? number(path, "turns") % 4 : 0
        guard turn > turns else { return (calls(at: path, turn: turn), nil) }
        guard failures >= self.failures(of: path) else {
            return ([], .failed(Failure(number(path, "cause") < 500 ? .toolError : .timeout, "broke")))
        }
        // A choice has a schema, and no question.
        if agent.schema != nil { return ([], .completed(StepResult(output: choice(at: path)))) }
        if asks(path), !conversation.contains(where: { $0.speaker == .person }) {
            return ([], .question("Which colour?"))
        }
        return ([], .completed(StepResult(output: output(of: path))))
    }

    /// The calls of one turn; each of them is another one than those before, so that no rule sees a circle.
    private func calls(at path: String, turn: Int) -> [ToolRequest] {
        (1...(1 + number(path, "calls \(turn)") % 3)).map { place in
            let what = number(path, "call \(turn) \(place)")
            var request = ToolRequest(
                id: "c\(turn)_\(place)", tool: what % 10 == 0 ? "s__asked" : "s__free",
                arguments: ["n": .int(Int64(turn * 10 + place))], isRepeatable: what % 3 != 0)
            if what % 11 == 0 { request.performer = .person }
            if what % 13 == 0 { request.problem = "There is no such tool." }
            return request
        }
    }

    /// What a tool answers.
    func result(of call: ToolRequest, at path: String) -> ToolReturn {
        let number = number(path, "result \(call.id)")
        return ToolReturn(text: "\(number)", isError: number % 7 == 0)
    }

    /// What a person decides about a request.
    /// - Parameters:
    ///   - earlier: how often the output of the step was sent back before.
    ///   - isReviewed: whether a person must accept the output of the step; what another one states is not reviewed.
    func decision(
        about kind: DecisionRequest.Kind, at path: String, earlier: Int, isReviewed: Bool
    ) -> Decision {
        let number = number(path, kind.rawValue)
        let name = "ada"
        switch kind {
        case .approval:
            return Decision(number < 700 ? .approve : .reject, feedback: number < 300 ? "so be it" : nil, by: name)
        case .consent: return Decision(number < 800 ? .approve : .reject, by: name)
        case .review:
            if earlier < number % 3 { return Decision(.retry, feedback: "better", by: name) }
            return Decision(number < 900 ? .approve : .reject, by: name)
        case .question:
            return Decision(number < 800 ? .approve : .reject, edits: number < 800 ? "blue" : nil, by: name)
        case .budget: return Decision(.approve, by: name)
        case .inDoubt:
            if number < 500 || isReviewed || failures(of: path) > 0 { return Decision(.retry, by: name) }
            return Decision(.approve, edits: ["output": output(of: path)], by: name)
        }
    }
}
