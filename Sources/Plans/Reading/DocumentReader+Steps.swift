internal import CEL
internal import Core

/// A step as it is written, before its needs are known.
struct StepDraft {
    var definition: StepDefinition
    var nameRange: Range<Int>
    /// Names in `needs`, with where they stand.
    var explicitNeeds: [(name: String, range: Range<Int>)]
    var uses: [ExpressionUse]
    /// The agent it calls, with where it is named.
    var agent: (name: String, range: Range<Int>)?
}

extension DocumentReader {
    private static let kinds = ["set", "command", "http", "agent"]
    private static let commonKeys = ["description", "needs", "if", "timeout", "repeatable"]
    private static let commandKeys = ["stdin", "env", "files", "outputs"]
    private static let agentKeys = ["prompt"]
    /// Words of the plan language that this version does not run yet.
    private static let laterKeys: Set = [
        "for_each", "branch", "approval", "wait", "task", "tool", "retry", "review", "evaluate", "on_error",
        "sensitive",
        "concurrency",
    ]

    /// Reads one step. On a mistake it is kept with what could be read, so that its name is known to others.
    mutating func step(_ entry: YAMLNode.Entry) -> StepDraft {
        let definition = StepDefinition(
            name: entry.name, kind: .set(.literal(.object([:]))), isRepeatable: true,
            fingerprint: ContentHash(of: entry.value.json.bytes),
            place: text.place(at: entry.nameRange.lowerBound))
        var draft = StepDraft(
            definition: definition, nameRange: entry.nameRange, explicitNeeds: [], uses: [], agent: nil)
        guard let kind = stepKind(entry) else { return draft }
        let known = Self.commonKeys + Self.kinds + keys(of: kind)
        let handles = { (reader: inout DocumentReader, other: YAMLNode.Entry) in reader.reportMisplaced(other, kind) }
        guard let fields = fields(of: entry.value, "\(article(kind)) \(kind) step", keys: known, handles: handles),
            let node = fields[kind]
        else { return draft }
        draft.definition.summary = summary(fields["description"])
        draft.definition.condition = fields["if"].flatMap { condition($0) }
        draft.definition.timeoutMilliseconds = fields["timeout"].flatMap { duration($0, "\"timeout\"") }
        draft.explicitNeeds = fields["needs"].map { needs($0) } ?? []
        switch kind {
        case "command":
            draft.definition.kind = .command(command(node, fields))
            draft.definition.isRepeatable = false
        case "http":
            let request = http(node)
            draft.definition.kind = .http(request)
            draft.definition.isRepeatable = ["GET", "HEAD"].contains(request.method)
        case "agent":
            let call = agentCall(node, fields)
            draft.definition.kind = .agent(call)
            draft.agent = call.agent.isEmpty ? nil : (call.agent, node.range)
        default: draft.definition.kind = .set(values(node))
        }
        if let isRepeatable = fields["repeatable"].flatMap({ boolean($0, "\"repeatable\"") }) {
            draft.definition.isRepeatable = isRepeatable
        }
        draft.uses = takeUses()
        return draft
    }

    /// The one key that says what the step does.
    private mutating func stepKind(_ entry: YAMLNode.Entry) -> String? {
        let name = entry.name
        guard let entries = entry.value.entries else {
            reportType(
                entry.value, "the step \"\(name)\"", mustBe: "a mapping",
                hint: "give it one of \(Self.kinds.joined(separator: ", "))")
            return nil
        }
        let found = entries.filter { Self.kinds.contains($0.name) }
        if let second = found.dropFirst().first {
            report(
                "the step \"\(name)\" is both \(found[0].name) and \(second.name)", at: second.nameRange,
                hint: "make two steps of it")
        }
        if let first = found.first { return first.name }
        for other in entries where Self.laterKeys.contains(other.name) {
            report("this version does not know \"\(other.name)\" yet", at: other.nameRange, hint: kindHint)
            return nil
        }
        for other in entries {
            if let meant = Suggestion.nearest(to: other.name, in: Self.kinds) {
                report("a step has no key \"\(other.name)\"", at: other.nameRange, hint: "did you mean \"\(meant)\"?")
                return nil
            }
        }
        report("the step \"\(name)\" does not say what it does", at: entry.nameRange, hint: kindHint)
        return nil
    }

    private var kindHint: String { "a step has one of \(Self.kinds.joined(separator: ", "))" }

    private func keys(of kind: String) -> [String] {
        kind == "command" ? Self.commandKeys : kind == "agent" ? Self.agentKeys : []
    }

    private func article(_ kind: String) -> String { kind == "set" || kind == "command" ? "a" : "an" }

    /// Reports a key that steps of another kind have, or that comes with a later version.
    private mutating func reportMisplaced(_ entry: YAMLNode.Entry, _ kind: String) -> Bool {
        if Self.laterKeys.contains(entry.name) {
            report("this version does not know \"\(entry.name)\" yet", at: entry.nameRange, hint: "remove it")
        } else if let owner = Self.kinds.first(where: { keys(of: $0).contains(entry.name) }) {
            report(
                "\"\(entry.name)\" belongs to \(owner) steps, and this is \(article(kind)) \(kind) step",
                at: entry.nameRange)
        } else if kind == "http", ["method", "url", "headers", "body"].contains(entry.name) {
            report("\"\(entry.name)\" belongs inside \"http\"", at: entry.nameRange, hint: "indent it below http:")
        } else {
            return false
        }
        return true
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

    /// Reads `agent:` and `prompt:`.
    private mutating func agentCall(_ node: YAMLNode, _ fields: Fields) -> AgentCallDefinition {
        var call = AgentCallDefinition(agent: string(node, "\"agent\"") ?? "", prompt: .literal(.string("")))
        if let prompt = fields["prompt"] {
            call.prompt = templateText(prompt, "\"prompt\"") ?? call.prompt
        } else {
            report(
                "an agent step needs a \"prompt\"", at: fields.keyRange("agent"),
                hint: "add prompt: what the agent shall do")
        }
        return call
    }
}
