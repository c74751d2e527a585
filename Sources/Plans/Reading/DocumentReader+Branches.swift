internal import Core

extension DocumentReader {
    /// Reads `branch:`, and `choose:` beside it.
    mutating func branch(_ node: YAMLNode, _ fields: Fields, _ draft: inout StepDraft) -> BranchDefinition {
        var branch = BranchDefinition(paths: [], otherwise: nil, chooser: nil)
        if let choose = fields["choose"], let inner = self.fields(of: choose, "\"choose\"", keys: ["agent", "prompt"]) {
            branch.chooser = agentCall(inner, "\"choose\"", &draft)
        }
        let hasChooser = fields["choose"] != nil
        let entries = namedEntries(node, "\"branch\"", each: "path")
        if entries.isEmpty, node.entries != nil {
            report("\"branch\" has no paths", at: node.range, hint: "add below it a name for each path")
        }
        for entry in entries {
            if let path = path(entry, hasChooser: hasChooser) { branch.paths.append(path) }
        }
        if fields["otherwise"]?.entries != nil { branch.otherwise = StepBlock(steps: [], output: nil) }
        return branch
    }

    private mutating func path(_ entry: YAMLNode.Entry, hasChooser: Bool) -> BranchDefinition.Path? {
        if entry.name == BranchDefinition.otherwiseName {
            report(
                "\"otherwise\" cannot be the name of a path", at: entry.nameRange,
                hint: "write otherwise: beside branch:, not below it")
        }
        guard
            let fields = fields(of: entry.value, "a path", keys: ["description", "when"] + Self.blockKeys)
        else { return nil }
        let condition = fields["when"].flatMap { self.condition($0, "\"when\"") }
        if hasChooser, fields["when"] != nil {
            report(
                "the path \"\(entry.name)\" has a condition, but an agent chooses", at: fields.keyRange("when"),
                hint: "remove \"when\" or \"choose\"")
        } else if !hasChooser, fields["when"] == nil {
            report(
                "the path \"\(entry.name)\" does not say when it is taken", at: entry.nameRange,
                hint: "add when: and an expression, or let an agent choose")
        }
        return BranchDefinition.Path(
            name: entry.name, summary: summary(fields["description"]), condition: condition,
            block: StepBlock(steps: [], output: nil))
    }
}
