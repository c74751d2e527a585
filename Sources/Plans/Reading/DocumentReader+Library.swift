internal import Core

/// Agents of the library: as documents, and as plans use them.
extension DocumentReader {
    private static let documentKeys = ["name", "description"] + agentKeys.filter { $0 != "library" }

    /// Reads the whole document as an agent.
    /// - Throws: `SignalboxError` with code `invalid_plan` and all mistakes.
    mutating func libraryAgent() throws -> LibraryAgent {
        guard let root, let fields = fields(of: root, "an agent", keys: Self.documentKeys) else {
            try throwMistakes()
            preconditionFailure("a document without an agent in it has been reported")
        }
        let name = agentName(fields)
        let summary = summary(fields["description"])
        var draft = AgentDraft(definition: AgentDefinition(name: name, model: nil, system: nil), uses: [])
        readAgent(fields, &draft)
        draft.uses = takeUses()
        // What a plan is given and does, its agents do not know: each is used by many.
        checkPrompt(of: draft, NameScope(.library, steps: []))
        if !draft.files.isEmpty, let tools = fields["tools"] {
            report(
                "the commands of an agent in the library bring no files along", at: tools.range,
                hint: "write the program into the command, or the tool into the plan")
        }
        try throwMistakes()
        return LibraryAgent(
            name: name, summary: summary, definition: draft.definition, source: source, hash: source.hash)
    }

    private mutating func agentName(_ fields: Fields) -> String {
        guard let node = fields["name"] else {
            report("the agent has no \"name\"", at: fields.range, hint: "begin it with name: my-agent")
            return ""
        }
        guard let name = string(node, "\"name\"") else { return "" }
        if !PlanNames.isValid(name) {
            report("\(quoted(name)) cannot be the name of an agent", at: node.range, hint: PlanNames.rule)
        }
        return name
    }

    /// Reads `library:` of an agent of a plan: what the library says is the beginning, the plan's own keys come over it.
    mutating func takeFromLibrary(_ node: YAMLNode, _ draft: inout AgentDraft) {
        guard let text = string(node, "\"library\"") else { return }
        guard let reference = LibraryReference(text) else {
            report(
                "\(quoted(text)) does not name an agent of the library", at: node.range,
                hint: "write its name, or NAME@HASH with the whole hash of a version")
            return
        }
        draft.definition.library = reference
        guard let source = source.agent(reference) else {
            missingAgents.insert(reference)
            return
        }
        do {
            let agent = try AgentReader.read(source)
            guard agent.name == reference.name, reference.version.map({ $0 == agent.hash }) ?? true else {
                report("what came along is another agent than \"\(text)\"", at: node.range)
                return
            }
            let name = draft.definition.name
            draft.definition = agent.definition.standing(in: reference.directory)
            draft.definition.name = name
            draft.definition.library = reference
        } catch let error as SignalboxError {
            adopt(error.diagnostics)
        } catch {
            preconditionFailure("Reading an agent throws errors of ours.")
        }
    }
}

extension AgentDefinition {
    /// The same agent, whose script models are files in a directory of the plan.
    fileprivate func standing(in directory: String) -> AgentDefinition {
        func moved(_ model: String) -> String {
            ScriptModel.path(of: model).map { "script/\(directory)\($0)" } ?? model
        }
        var agent = self
        agent.model = model.map(moved)
        agent.loopRules?.model = loopRules?.model.map(moved)
        return agent
    }
}
