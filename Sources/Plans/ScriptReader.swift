internal import CEL
internal import Core

/// Reads the files that script models answer from.
public enum ScriptReader: Sendable {
    /// The answers that the text describes, checked as far as can be without a request.
    /// - Throws: `SignalboxError` with code `invalid_plan`, whose diagnostics tell all mistakes in the order of the text.
    public static func read(text: String, path: String) throws -> ScriptDefinition {
        var reader = DocumentReader(PlanSource(path: path, text: text))
        let answers = reader.scriptAnswers()
        try reader.throwMistakes()
        return ScriptDefinition(path: path, answers: answers)
    }
}

extension DocumentReader {
    fileprivate mutating func scriptAnswers() -> [ScriptDefinition.Answer] {
        guard let root, let fields = fields(of: root, "a script", keys: ["answers"]) else { return [] }
        guard let list = fields["answers"] else {
            report("a script needs \"answers\"", at: root.range, hint: "write answers: and a list of texts below it")
            return []
        }
        let nodes = elements(list, "\"answers\"", of: "answers")
        if nodes.isEmpty, list.elements != nil { report("\"answers\" is empty", at: list.range) }
        let answers = nodes.compactMap { answer($0) }
        checkVariables()
        return answers
    }

    private mutating func answer(_ node: YAMLNode) -> ScriptDefinition.Answer? {
        let keys = ["when", "text", "thinking", "tool_calls", "delay", "tokens"]
        guard let fields = fields(of: node, "an answer", keys: keys) else { return nil }
        let when = fields["when"]
        let condition = when.flatMap { self.condition($0, "\"when\"") }
        let delay = fields["delay"].flatMap { duration($0, "\"delay\"") }
        let tokens = fields["tokens"].flatMap { self.tokens($0) }
        let calls = fields["tool_calls"].map { toolCalls($0) } ?? []
        let thinking = fields["thinking"].flatMap { templateText($0, "\"thinking\"") }
        var text = TemplateValue.literal("")
        if let textNode = fields["text"] {
            guard let template = templateText(textNode, "\"text\"") else { return nil }
            text = template
        } else if fields["tool_calls"] == nil {
            report("an answer needs \"text\"", at: node.range, hint: "text: what the model says")
            return nil
        }
        var answer = ScriptDefinition.Answer(
            condition: condition, text: text, delayMilliseconds: delay, tokens: tokens,
            conditionPlace: self.text.place(at: (when ?? node).range.lowerBound),
            textPlace: self.text.place(at: (fields["text"] ?? node).range.lowerBound))
        answer.toolCalls = calls
        answer.thinking = thinking
        return answer
    }

    private mutating func toolCalls(_ node: YAMLNode) -> [ScriptDefinition.ToolCall] {
        elements(node, "\"tool_calls\"", of: "calls").compactMap { element in
            guard let fields = fields(of: element, "a call", keys: ["name", "arguments"]) else { return nil }
            guard let name = fields["name"].flatMap({ string($0, "\"name\"") }) else {
                report("a call needs \"name\"", at: element.range, hint: "name: the tool")
                return nil
            }
            return ScriptDefinition.ToolCall(
                name: name, arguments: fields["arguments"].map { template($0) } ?? .literal([:]),
                place: text.place(at: element.range.lowerBound))
        }
    }

    private mutating func tokens(_ node: YAMLNode) -> TokenUsage? {
        let names = TokenUsage.kinds.map(\.name)
        guard let fields = fields(of: node, "\"tokens\"", keys: names) else { return nil }
        var usage = TokenUsage()
        var isComplete = true
        for (name, kind) in TokenUsage.kinds {
            guard let value = fields[name] else {
                guard ["input", "output"].contains(name) else { continue }
                report("\"tokens\" needs \"\(name)\"", at: node.range, hint: "tokens: { input: 812, output: 96 }")
                isComplete = false
                continue
            }
            guard let count = value.scalar?.value.intValue, (0...1_000_000_000).contains(count) else {
                reportType(value, "\"\(name)\"", mustBe: "a whole number from 0 to 1000000000")
                isComplete = false
                continue
            }
            usage[keyPath: kind] = count
        }
        return isComplete ? usage : nil
    }

    private mutating func checkVariables() {
        let variables = ScriptDefinition.variables
        for use in takeUses() {
            for reference in use.expression.references {
                guard let name = reference.path.first, !variables.contains(name) else { continue }
                report(
                    "there is no variable \"\(name)\" in a script",
                    atIndex: text.index(ofLine: reference.line, column: reference.column, in: use),
                    hint: Suggestion.hint(for: name, among: variables, called: "its variables are"))
            }
        }
    }
}
