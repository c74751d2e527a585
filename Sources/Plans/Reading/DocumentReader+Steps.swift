internal import CEL
internal import Core

extension DocumentReader {
    /// Reads one step. On a mistake it is kept with what could be read, so that its name is known to others.
    mutating func step(_ entry: YAMLNode.Entry) -> StepDraft {
        let definition = StepDefinition(
            name: entry.name, kind: .set(.literal(.object([:]))), isRepeatable: true,
            fingerprint: ContentHash(of: []), place: text.place(at: entry.nameRange.lowerBound))
        var draft = StepDraft(definition: definition, nameRange: entry.nameRange, node: entry.value)
        guard let kind = stepKind(entry) else { return draft }
        let handles = { (reader: inout DocumentReader, other: YAMLNode.Entry) in reader.reportMisplaced(other, kind) }
        let what = "\(stepArticle(kind)) \(kind) step"
        guard let fields = fields(of: entry.value, what, keys: knownKeys(of: kind), handles: handles),
            let node = fields[kind]
        else { return draft }
        readCommon(fields, &draft)
        readKind(kind, node, fields, &draft)
        if let isRepeatable = fields["repeatable"].flatMap({ boolean($0, "\"repeatable\"") }) {
            draft.definition.isRepeatable = isRepeatable
        }
        draft.uses = takeUses()
        readBlocks(kind, node, fields, &draft)
        return draft
    }

    private mutating func readCommon(_ fields: Fields, _ draft: inout StepDraft) {
        draft.definition.summary = summary(fields["description"])
        draft.definition.condition = fields["if"].flatMap { condition($0) }
        draft.definition.timeoutMilliseconds = fields["timeout"].flatMap { duration($0, "\"timeout\"") }
        draft.definition.retry = fields["retry"].flatMap { retry($0) }
        draft.definition.continuesOnError =
            fields["on_error"].flatMap { word($0, "\"on_error\"", of: ["continue", "fail"]) } == "continue"
        draft.definition.review = fields["review"].flatMap { review($0) }
        draft.definition.consent = fields["consent"].flatMap { consent($0) }
        draft.explicitNeeds = fields["needs"].map { needs($0) } ?? []
    }

    /// Reads what the step does, except the steps inside it.
    private mutating func readKind(_ kind: String, _ node: YAMLNode, _ fields: Fields, _ draft: inout StepDraft) {
        switch kind {
        case "command":
            let command = command(node, fields)
            draft.definition.kind = .command(command)
            draft.definition.isRepeatable = false
            draft.files = Set(command.planFiles)
        case "http":
            let request = http(node)
            draft.definition.kind = .http(request)
            draft.definition.isRepeatable = ["GET", "HEAD"].contains(request.method)
        case "agent": draft.definition.kind = .agent(agentCall(fields, "an agent step", &draft))
        case "tool":
            let call = toolCall(node, fields)
            draft.definition.kind = .tool(call)
            draft.definition.isRepeatable = ["read_file", "list_files"].contains(call.tool) && call.grant.name != nil
        case "for_each":
            let (loop, names) = loop(node, fields)
            draft.definition.kind = .forEach(loop)
            draft.loop = names
        case "branch": draft.definition.kind = .branch(branch(node, fields, &draft))
        case "task": draft.definition.kind = .task(childTask(node, fields, &draft))
        case "wait": draft.definition.kind = .wait(wait(node))
        case "approval": draft.definition.kind = .approval(approval(node))
        default: draft.definition.kind = .set(values(node))
        }
    }

    private mutating func needs(_ node: YAMLNode) -> [(name: String, range: Range<Int>)] {
        elements(node, "\"needs\"", of: "steps").compactMap { element in
            string(element, "a name in \"needs\"").map { ($0, element.range) }
        }
    }

    /// Reads `set:`.
    private mutating func values(_ node: YAMLNode) -> TemplateValue {
        guard node.entries?.isEmpty == false else {
            if node.entries != nil {
                report("\"set\" sets nothing", at: node.range, hint: "write set: { name: value }")
            } else {
                reportType(node, "\"set\"", mustBe: "a mapping from name to value", hint: "write set: { name: value }")
            }
            return .literal(.object([:]))
        }
        return template(node)
    }
}
