internal import Core

extension DocumentReader {
    /// What the blocks of branches have.
    static let blockKeys = ["steps", "output"]

    /// Reads the steps inside a step, when all that stands outside of them has been read.
    mutating func readBlocks(_ kind: String, _ node: YAMLNode, _ fields: Fields, _ draft: inout StepDraft) {
        switch kind {
        case "for_each": draft.blocks = [block(fields, "the loop", at: fields.keyRange("for_each"))]
        case "branch":
            // A path that is no mapping has been reported.
            for path in node.entries ?? [] where path.value.entries != nil {
                let fields = Fields(path.value.entries ?? [], range: path.value.range)
                draft.blocks.append(block(fields, "the path \"\(path.name)\"", at: path.nameRange))
            }
            if let otherwise = fields["otherwise"] {
                let what = "\"otherwise\""
                guard let inner = self.fields(of: otherwise, what, keys: Self.blockKeys) else { return }
                draft.blocks.append(block(inner, what, at: fields.keyRange("otherwise")))
            }
        default: break
        }
    }

    private mutating func block(_ fields: Fields, _ what: String, at range: Range<Int>) -> BlockDraft {
        var block = BlockDraft()
        guard blockDepth < Limits.planBlockDepthMaximum else {
            report(
                "steps can be nested \(Limits.planBlockDepthMaximum) levels deep", at: range,
                hint: "move a part into a plan of its own, and run it with a task step")
            return block
        }
        blockDepth += 1
        defer { blockDepth -= 1 }
        if let node = fields["steps"] {
            if node.isNull || node.entries?.isEmpty == true {
                report("\(what) needs at least one step", at: fields.keyRange("steps"))
            } else {
                block.steps = namedEntries(node, "\"steps\"", each: "step").map { step($0) }
            }
        } else {
            report("\(what) has no \"steps\"", at: range, hint: "add steps: and below it a name for each step")
        }
        block.output = fields["output"].map { template($0) }
        block.uses = takeUses()
        return block
    }
}
