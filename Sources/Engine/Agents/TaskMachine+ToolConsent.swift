internal import CEL
internal import Core
internal import Plans

/// Tool calls that people have a part in.
extension TaskMachine {
    /// Whether there are calls of an agent that a person must agree to.
    func mayNeedConsent(_ agent: AgentDefinition) -> Bool {
        let asks = agent.tools.contains { grant in
            switch grant.consent {
            case .always?, .when?: true
            case .never?, nil: false
            }
        }
        if asks { return true }
        switch agent.consent {
        case .never?: return false
        case .always?: return true
        case .tools(let names)?: return !names.isEmpty
        case nil: break
        }
        switch executable.plan.automation {
        case .autonomous: return false
        case .ask(let kinds): return kinds.contains("tool")
        case .askAlways: return true
        }
    }

    /// Whether a person must agree to a call.
    func needsConsent(_ request: ToolRequest, at address: StepAddress) -> Bool {
        let step = definition(at: address)
        guard let agent = agent(of: step) else { return false }
        switch agent.grant(of: request.tool)?.consent {
        case .never?: return false
        case .always?: return true
        case .when(let expression)?:
            // What cannot be looked at is asked about.
            guard case .success(let holds) = judge(request, by: expression, at: address) else { return true }
            return holds
        case nil: break
        }
        switch agent.consent {
        case .never?: return false
        case .always?: return request.performer != .person
        case .tools(let names)?: return names.contains(request.tool)
        case nil: break
        }
        switch executable.plan.automation {
        case .autonomous: return false
        case .ask(let kinds): return kinds.contains("tool") && request.performer != .person
        case .askAlways: return request.performer != .person
        }
    }

    /// What the expression of a consent says of a call, or why it cannot be evaluated.
    private func judge(
        _ request: ToolRequest, by expression: Expression, at address: StepAddress
    ) -> Result<Bool, BrokenRule> {
        var scope = state.scope(of: address.frame)
        scope["tool"] = Value(request.scopeValue)
        do {
            let place = definition(at: address).place
            return .success(try expression.holds(in: scope, as: "\"consent\" of the tool \(request.tool)", at: place))
        } catch let error as SignalboxError {
            return .failure(BrokenRule(reason: error.message))
        } catch {
            return .failure(BrokenRule(reason: (error as? EvaluationError)?.message ?? "\(error)"))
        }
    }

    /// Why the rule that a call is asked about by cannot be evaluated; nil when it can, or is no expression.
    private func brokenRule(of request: ToolRequest, at address: StepAddress) -> BrokenRule? {
        guard case .when(let expression)? = agent(of: definition(at: address))?.grant(of: request.tool)?.consent,
            case .failure(let broken) = judge(request, by: expression, at: address)
        else { return nil }
        return broken
    }

    mutating func requestConsent(to call: ToolRequest, at path: StepPath, _ run: RunNumber) {
        var proposal: JSONObject = ["tool": .string(call.tool), "arguments": .object(call.arguments)]
        proposal["reason"] = call.reason.map(JSON.string)
        proposal["confidence"] = call.confidence.map(JSON.double)
        proposal["alternatives"] = call.alternatives
        var title = "May “\(path)” call the tool \(call.tool)?"
        if let broken = brokenRule(of: call, at: address(known: path)) {
            title += " Its rule of consent cannot be evaluated: \(broken.reason)."
        }
        request(.consent, at: path, run: run, title: title) { request in
            request.call = call.id
            request.proposal = .object(proposal)
        }
    }

    /// Hands the question of an agent on to a person.
    mutating func requestAnswer(to call: ToolRequest, at path: StepPath, _ run: RunNumber) {
        let question = call.arguments["question"]?.stringValue ?? ""
        let choices = call.arguments["choices"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let form: JSON? =
            choices.isEmpty
            ? nil
            : [
                "type": "object", "required": ["answer"],
                "properties": ["answer": ["type": "string", "enum": .array(choices.map(JSON.string))]],
            ]
        request(.question, at: path, run: run, title: question) { request in
            request.call = call.id
            request.form = form
        }
    }

    /// Asks about a call that was cut off and may not be made twice.
    mutating func askWhetherItHappened(_ call: ToolRequest, at path: StepPath, _ run: RunNumber) {
        let title = "The server stopped while “\(path)” called the tool \(call.tool): has it happened?"
        request(.inDoubt, at: path, run: run, title: title) { request in
            request.call = call.id
            request.subject = call.json
            request.proposal = ["output": nil]
        }
    }
}

/// That the expression of a consent cannot be evaluated.
private struct BrokenRule: Error {
    /// A sentence without its full stop.
    var reason: String

    init(reason: String) {
        self.reason = reason.hasSuffix(".") ? String(reason.dropLast()) : reason
    }
}

extension ToolRequest {
    /// What the expression of a consent knows as `tool`.
    fileprivate var scopeValue: JSON {
        [
            "name": .string(tool), "arguments": .object(arguments), "reason": .string(reason ?? ""),
            "confidence": confidence.map(JSON.double) ?? .null,
        ]
    }
}
