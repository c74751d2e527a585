internal import CEL
internal import Core

extension DocumentReader {
    /// Reads `for_each:` and the keys beside it, except the steps.
    mutating func loop(_ node: YAMLNode, _ fields: Fields) -> (LoopDefinition, LoopNames) {
        let concurrency =
            fields["concurrency"].flatMap {
                integer($0, "\"concurrency\"", in: 1...Int64(Limits.iterationsParallelMaximum))
            } ?? 1
        let onItemError = fields["on_item_error"].flatMap { word($0, "\"on_item_error\"", of: ["fail", "continue"]) }
        var names = LoopNames(hasItem: node.entries == nil, hasPrevious: concurrency == 1)
        let source = node.entries == nil ? list(node) : countedSource(node, &names)
        let loop = LoopDefinition(
            source: source, concurrency: Int(concurrency), continuesOnItemError: onItemError == "continue",
            body: StepBlock(steps: [], output: nil))
        return (loop, names)
    }

    /// A list that is gone over.
    private mutating func list(_ node: YAMLNode) -> LoopDefinition.Source {
        let empty = LoopDefinition.Source.list(.literal(.array([])))
        let what = "what \"for_each\" goes over"
        guard node.elements == nil else {
            if let count = node.elements?.count, count > Limits.iterationsMaximum {
                report("a loop can have \(Limits.iterationsMaximum) iterations, not \(count)", at: node.range)
            }
            return .list(template(node))
        }
        guard let text = node.scalar?.value.stringValue, !TemplateScanner.isTemplate(text) else {
            let list = template(node)
            checkType(of: list, what, mustBe: "a list", in: node) { $0 == .array }
            return .list(list)
        }
        let hint = "write for_each: ${{ \(shortened(text)) }} for the value of an expression"
        report("\(what) must be a list, not a string", at: node.range, hint: hint)
        return empty
    }

    /// `times` or `while`.
    private mutating func countedSource(_ node: YAMLNode, _ names: inout LoopNames) -> LoopDefinition.Source {
        let empty = LoopDefinition.Source.times(.literal(0))
        guard let fields = fields(of: node, "\"for_each\"", keys: ["times", "while", "max_iterations"]) else {
            return empty
        }
        let maximum = fields["max_iterations"].flatMap {
            integer($0, "\"max_iterations\"", in: 1...Int64(Limits.iterationsMaximum))
        }
        switch (fields["times"], fields["while"]) {
        case (nil, nil):
            report(
                "\"for_each\" needs a list, \"times\" or \"while\"", at: node.range,
                hint: "write for_each: ${{ inputs.list }} or for_each: { times: 3 }")
        case (_?, _?):
            report("a loop has either \"times\" or \"while\"", at: fields.keyRange("while"), hint: "remove one of them")
        case (let times?, nil):
            if fields["max_iterations"] != nil {
                report(
                    "\"max_iterations\" belongs to loops with \"while\"", at: fields.keyRange("max_iterations"),
                    hint: "remove it, for \"times\" says how many there are")
            }
            return .times(self.times(times))
        case (nil, let condition?):
            if fields["max_iterations"] == nil {
                report(
                    "a loop with \"while\" needs \"max_iterations\"", at: fields.keyRange("while"),
                    hint: "add max_iterations: 10, so that it ends whatever happens")
            }
            purpose = .loopCondition(names)
            defer { purpose = .value }
            guard let expression = self.condition(condition, "\"while\""), let maximum else { return empty }
            return .condition(expression, maximum: Int(maximum))
        }
        return empty
    }

    private mutating func times(_ node: YAMLNode) -> TemplateValue {
        if let text = node.scalar?.value.stringValue, TemplateScanner.isTemplate(text) {
            let times = template(node)
            checkType(of: times, "\"times\"", mustBe: "a whole number", in: node) { $0 == .integer || $0 == .number }
            return times
        }
        let count = integer(node, "\"times\"", in: 0...Int64(Limits.iterationsMaximum))
        return .literal(.int(count ?? 0))
    }
}
