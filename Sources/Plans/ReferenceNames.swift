internal import CEL
internal import Core

/// The names that expressions of a plan can refer to.
struct ReferenceNames {
    var inputs: [String]
    var steps: [String]
    var agents: [String]
    let inputSet: Set<String>
    let stepSet: Set<String>

    static let roots = ["inputs", "steps", "task"]
    /// Variables of product features that are not there yet, with the sentence that says so.
    static let laterRoots = [
        "item": "\"item\" is known only inside loops, which this version does not have yet",
        "index": "\"index\" is known only inside loops, which this version does not have yet",
        "previous": "\"previous\" is known only inside loops, which this version does not have yet",
        "secrets": "secrets are not available in this version yet",
    ]
    static let taskMembers = ["id", "number", "name", "files", "created"]
    static let stepMembers = ["output", "status", "files"]

    init(inputs: [String], steps: [String], agents: [String]) {
        self.inputs = inputs
        self.steps = steps
        self.agents = agents
        inputSet = Set(inputs)
        stepSet = Set(steps)
    }
}

extension DocumentReader {
    /// Checks what expressions refer to.
    /// - Parameter owner: the step whose expressions these are; it cannot refer to itself.
    /// - Returns: names of the steps they refer to.
    @discardableResult
    mutating func checkReferences(_ uses: [ExpressionUse], _ names: ReferenceNames, owner: String?) -> Set<String> {
        var steps: Set<String> = []
        for use in uses {
            for reference in use.expression.references {
                let index = text.index(ofLine: reference.line, column: reference.column, in: use)
                if let step = check(reference.path, at: index, names) {
                    if step == owner {
                        report(
                            "the step \"\(step)\" refers to its own output", atIndex: index,
                            hint: "it has none before it has run")
                    } else {
                        steps.insert(step)
                    }
                }
            }
        }
        return steps
    }

    /// The step that a reference names, if it names one.
    private mutating func check(_ path: [String], at index: Int, _ names: ReferenceNames) -> String? {
        guard let root = path.first else { return nil }
        let member = path.dropFirst().first
        switch root {
        case "inputs":
            if let member, !names.inputSet.contains(member) {
                let hint = Suggestion.hint(for: member, among: names.inputs, called: "the inputs are")
                report("there is no input \"\(member)\"", atIndex: index, hint: hint ?? "declare it below inputs:")
            }
        case "task":
            if let member, !ReferenceNames.taskMembers.contains(member) {
                report(
                    "\"task\" has no \"\(member)\"", atIndex: index,
                    hint: Suggestion.hint(for: member, among: ReferenceNames.taskMembers, called: "it has"))
            }
        case "steps": return checkStep(path, at: index, names)
        default:
            let hint = Suggestion.hint(for: root, among: ReferenceNames.roots, called: "the variables are")
            report(
                ReferenceNames.laterRoots[root] ?? "there is no variable \"\(root)\"", atIndex: index,
                hint: ReferenceNames.laterRoots[root] == nil ? hint : nil)
        }
        return nil
    }

    private mutating func checkStep(_ path: [String], at index: Int, _ names: ReferenceNames) -> String? {
        guard path.count > 1 else {
            report(
                "\"steps\" must be followed by the name of a step", atIndex: index,
                hint: "write steps.NAME.output, so that it is known what to wait for")
            return nil
        }
        let name = path[1]
        guard names.stepSet.contains(name) else {
            // `steps.read-all.output` means "steps.read minus all.output" to CEL.
            let dashed = names.steps.first { $0.hasPrefix(name + "-") }
            report(
                "there is no step \"\(name)\"", atIndex: index,
                hint: dashed.map { "a name with a dash is written steps[\"\($0)\"]" }
                    ?? Suggestion.hint(for: name, among: names.steps, called: "the steps are"))
            return nil
        }
        if path.count > 2, !ReferenceNames.stepMembers.contains(path[2]) {
            report(
                "a step has no \"\(path[2])\"", atIndex: index,
                hint: "it has output, status and files; did you mean steps.\(name).output.\(path[2])?")
        }
        return name
    }
}
