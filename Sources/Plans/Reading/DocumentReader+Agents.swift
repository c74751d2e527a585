internal import Core

/// An agent with the expressions of its system prompt.
struct AgentDraft {
    var definition: AgentDefinition
    var uses: [ExpressionUse]

    /// The file it answers from, if it does.
    var script: String? { definition.model.flatMap(ScriptModel.path(of:)) }
}

extension DocumentReader {
    /// Reads `agents:`.
    mutating func agents(_ node: YAMLNode) -> [AgentDraft] {
        guard !node.isNull else { return [] }
        return namedEntries(node, "\"agents\"", each: "agent").map { agent($0) }
    }

    private mutating func agent(_ entry: YAMLNode.Entry) -> AgentDraft {
        var definition = AgentDefinition(name: entry.name, model: nil, system: nil)
        // An agent of which nothing is said has the default model and no instructions.
        guard !entry.value.isNull,
            let fields = fields(of: entry.value, "an agent", keys: ["model", "system"])
        else { return AgentDraft(definition: definition, uses: []) }
        definition.model = fields["model"].flatMap { model($0) }
        definition.system = fields["system"].flatMap { templateText($0, "\"system\"") }
        return AgentDraft(definition: definition, uses: takeUses())
    }

    private mutating func model(_ node: YAMLNode) -> String? {
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
        guard let text = source.files[file], checkedScripts.insert(file).inserted else { return }
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
        return call
    }
}
