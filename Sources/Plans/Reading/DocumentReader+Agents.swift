internal import Core

/// An agent with the expressions of its system prompt.
struct AgentDraft {
    var definition: AgentDefinition
    var uses: [ExpressionUse]
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
        guard let text = source.files[file] else { return }
        do {
            _ = try ScriptReader.read(text: text, path: file)
        } catch let error as SignalboxError {
            adopt(error.diagnostics)
        } catch {
            preconditionFailure("Reading a script throws errors of ours.")
        }
    }
}
