internal import Core

/// An agent with the expressions of its system prompt.
struct AgentDraft {
    var definition: AgentDefinition
    var uses: [ExpressionUse]
    /// Files of the plan that its tools use.
    var files: Set<String> = []

    /// The file it answers from, if it does.
    var script: String? { definition.model.flatMap(ScriptModel.path(of:)) }
}

extension DocumentReader {
    static let agentKeys = [
        "library", "model", "system", "tools", "consent", "thinking", "temperature", "max_output_tokens",
        "service_tier", "cache",
        "limits", "loop",
    ]

    /// Reads `agents:`.
    mutating func agents(_ node: YAMLNode) -> [AgentDraft] {
        guard !node.isNull else { return [] }
        return namedEntries(node, "\"agents\"", each: "agent").map { agent($0.value, named: $0.name) }
    }

    /// Reads one agent; one of which nothing is said has the default model and no instructions.
    mutating func agent(_ node: YAMLNode, named name: String) -> AgentDraft {
        var draft = AgentDraft(definition: AgentDefinition(name: name, model: nil, system: nil), uses: [])
        guard !node.isNull, let fields = fields(of: node, "an agent", keys: Self.agentKeys) else { return draft }
        if let library = fields["library"] { takeFromLibrary(library, &draft) }
        readAgent(fields, &draft)
        draft.uses = takeUses()
        return draft
    }

    /// Reads the keys of an agent; what is not written stays as it is.
    mutating func readAgent(_ fields: Fields, _ draft: inout AgentDraft) {
        var agent = draft.definition
        if let node = fields["model"] { agent.model = model(node) }
        if let node = fields["system"] { agent.system = templateText(node, "\"system\"") }
        if let node = fields["tools"] {
            agent.tools = tools(node)
            draft.files = Set(agent.tools.flatMap(\.planFiles))
            // What the library says of tools that the plan has taken away means nothing here.
            if case .tools(let names)? = agent.consent {
                agent.consent = .tools(names.filter { name in agent.tools.contains { $0.mayGrant(name) } })
            }
        }
        if let node = fields["consent"] { agent.consent = agentConsent(node, agent.tools) }
        if let node = fields["thinking"] {
            agent.thinking = word(node, "\"thinking\"", of: ThinkingLevel.allCases.map(\.rawValue))
                .flatMap(ThinkingLevel.init(rawValue:))
        }
        if let node = fields["temperature"] { agent.temperature = temperature(node) }
        if let node = fields["max_output_tokens"] {
            agent.outputTokensMaximum = integer(
                node, "\"max_output_tokens\"", in: 1...Limits.modelOutputTokensMaximum
            ).map { Int($0) }
        }
        if let node = fields["service_tier"] { agent.serviceTier = string(node, "\"service_tier\"") }
        if let node = fields["cache"] { agent.cacheLifetime = word(node, "\"cache\"", of: ["5m", "1h"]) }
        if let node = fields["limits"] { agent.limits = agentLimits(node) }
        if let node = fields["loop"] { agent.loopRules = loopRules(node) }
        draft.definition = agent
    }

    /// Reads which model is asked.
    mutating func model(_ node: YAMLNode) -> String? {
        guard let model = string(node, "\"model\"") else { return nil }
        if let file = ScriptModel.path(of: model) {
            planFile(file, at: node.range)
            checkScript(file)
        } else if model.split(separator: "/", omittingEmptySubsequences: false).prefix(2).filter({ !$0.isEmpty }).count
            < 2
        {
            report(
                "\(quoted(model)) does not name a model", at: node.range,
                hint: "write provider/model, such as openai/gpt-5-mini, or script/FILE")
        }
        return model
    }

    /// Reads the script too, so that its mistakes are found with those of the plan and not when the step runs.
    private mutating func checkScript(_ file: String) {
        guard !isStored, let text = source.files[file], checkedScripts.insert(file).inserted else { return }
        do {
            _ = try ScriptReader.read(text: text, path: directory + file)
        } catch let error as SignalboxError {
            adopt(error.diagnostics)
        } catch {
            preconditionFailure("Reading a script throws errors of ours.")
        }
    }

    /// Reads `agent:` and `prompt:`, in a step or where an agent chooses.
    mutating func agentCall(_ fields: Fields, _ what: String, _ draft: inout StepDraft) -> AgentCallDefinition {
        var call = AgentCallDefinition(agent: "", prompt: .literal(.string("")))
        if let node = fields["agent"] {
            call.agent = string(node, "\"agent\"") ?? ""
            if !call.agent.isEmpty { draft.agents.append((call.agent, node.range)) }
        } else {
            report("\(what) needs an \"agent\"", at: fields.range, hint: "add agent: and the name of one")
        }
        if let prompt = fields["prompt"] {
            call.prompt = templateText(prompt, "\"prompt\"") ?? call.prompt
        } else {
            report(
                "\(what) needs a \"prompt\"", at: fields.keyRange("agent"),
                hint: "add prompt: what the agent shall do")
        }
        call.schema = fields["schema"].flatMap { schema($0)?.source }
        call.files = fields["attach"].map { attachedFiles($0) } ?? []
        return call
    }

    /// Reads `attach:` of an agent step: patterns of the task's files that the model is shown.
    private mutating func attachedFiles(_ node: YAMLNode) -> [String] {
        elements(node, "\"attach\"", of: "names of files").compactMap { string($0, "a name in \"attach\"") }
    }
}
