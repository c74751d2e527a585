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

    /// What to write when a name with a dash was meant: `steps.read-all.output` is "steps.read minus all.output".
    func dashHint(where isMeant: (String) -> Bool) -> String? {
        let name =
            steps.first(where: isMeant).map { ("steps", $0) } ?? inputs.first(where: isMeant).map { ("inputs", $0) }
        return name.map { "a name with a dash is written \($0)[\"\($1)\"]" }
    }
}

extension ReferenceNames {
    /// What is wrong with a reference, if anything is.
    /// - Parameter owner: the step whose expression it is.
    func mistake(in path: [String], owner: String?) -> (message: String, hint: String?)? {
        guard let root = path.first else { return nil }
        let member = path.dropFirst().first
        switch root {
        case "inputs":
            guard let member, !inputSet.contains(member) else { return nil }
            let hint =
                dashHint { $0.hasPrefix(member + "-") }
                ?? Suggestion.hint(for: member, among: inputs, called: "the inputs are")
            return ("there is no input \"\(member)\"", hint ?? "declare it below inputs:")
        case "task":
            guard let member, !Self.taskMembers.contains(member) else { return nil }
            let hint = Suggestion.hint(for: member, among: Self.taskMembers, called: "it has")
            return ("\"task\" has no \"\(member)\"", hint)
        case "steps": return mistake(inStep: member, path.dropFirst(2).first, owner: owner)
        default:
            if let sentence = Self.laterRoots[root] { return (sentence, nil) }
            let hint =
                dashHint { $0.hasSuffix("-" + root) }
                ?? Suggestion.hint(for: root, among: Self.roots, called: "the variables are")
            return ("there is no variable \"\(root)\"", hint)
        }
    }

    private func mistake(inStep name: String?, _ member: String?, owner: String?) -> (message: String, hint: String?)? {
        guard let name else {
            return (
                "\"steps\" must be followed by the name of a step",
                "write steps.NAME.output, so that it is known what to wait for"
            )
        }
        guard stepSet.contains(name) else {
            let hint =
                dashHint { $0.hasPrefix(name + "-") }
                ?? Suggestion.hint(for: name, among: steps, called: "the steps are")
            return ("there is no step \"\(name)\"", hint)
        }
        if name == owner {
            return ("the step \"\(name)\" refers to its own output", "it has none before it has run")
        }
        guard let member, !Self.stepMembers.contains(member) else { return nil }
        return (
            "a step has no \"\(member)\"",
            "it has output, status and files; did you mean steps.\(name).output.\(member)?"
        )
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
                guard !isFull else { return steps }
                if let (message, hint) = names.mistake(in: reference.path, owner: owner) {
                    let index = text.index(ofLine: reference.line, column: reference.column, in: use)
                    report(message, atIndex: index, hint: hint)
                } else if reference.path.count > 1, reference.path[0] == "steps" {
                    steps.insert(reference.path[1])
                }
            }
        }
        return steps
    }
}
