internal import Core

extension NameScope {
    static let roots = ["inputs", "steps", "task"]
    static let loopRoots: Set = ["item", "index", "previous"]
    static let taskMembers = ["id", "number", "name", "files", "created"]
    static let stepMembers = ["output", "status", "files", "error"]
    static let errorMembers = ["cause", "message"]

    /// A sentence about a reference, and what to do about it.
    typealias Mistake = (message: String, hint: String?)

    /// What is wrong with a reference, if anything is.
    /// - Parameters:
    ///   - owner: the step whose expression it is.
    ///   - purpose: what the expression is for.
    func mistake(in path: [String], owner: String?, _ purpose: ExpressionUse.Purpose = .value) -> Mistake? {
        guard let root = path.first else { return nil }
        let member = path.dropFirst().first
        switch root {
        case "inputs" where plan.isLibrary, "steps" where plan.isLibrary: return Self.mistake(inLibrary: root)
        case "inputs": return mistake(inInput: member)
        case "task":
            guard let member, !Self.taskMembers.contains(member) else { return nil }
            let hint = Suggestion.hint(for: member, among: Self.taskMembers, called: "it has")
            return ("\"task\" has no \"\(member)\"", hint)
        case "steps":
            guard let member else {
                return (
                    "\"steps\" must be followed by the name of a step",
                    "write steps.NAME.output, so that it is known what to wait for"
                )
            }
            return mistake(ofStep: member, owner: owner, purpose)
                ?? Self.mistake(inMembers: Array(path.dropFirst(2)), of: member)
        case _ where Self.loopRoots.contains(root): return mistake(ofLoopRoot: root, purpose)
        case "call":
            if case .consent = purpose { return nil }
            return ("\"call\" is known only in the expression of \"consent\"", nil)
        case "tool":
            if case .toolConsent(let call) = purpose { return call.mistake(in: Array(path.dropFirst())) }
            return ("\"tool\" is known only in the expression of \"consent\" of a tool", nil)
        case "secrets": return Self.mistake(inSecret: Array(path.dropFirst()), purpose)
        default:
            var roots = Self.roots
            if loop?.hasItem == true { roots.append("item") }
            if loop != nil { roots.append("index") }
            let hint =
                dashHint { $0.hasSuffix("-" + root) }
                ?? Suggestion.hint(for: root, among: roots, called: "the variables are")
            return ("there is no variable \"\(root)\"", hint)
        }
    }

    /// What is wrong with naming what only plans have.
    private static func mistake(inLibrary root: String) -> Mistake {
        let known = taskMembers.map { "task.\($0)" }.joined(separator: ", ")
        return (
            "an agent of the library knows no \"\(root)\"",
            "many plans may use it, so it may refer only to \(known); let the plan say the rest in the prompt of its step"
        )
    }

    private func mistake(inInput name: String?) -> Mistake? {
        guard let name, !plan.inputSet.contains(name) else { return nil }
        let hint =
            dashHint { $0.hasPrefix(name + "-") }
            ?? Suggestion.hint(for: name, among: plan.inputs, called: "the inputs are")
        return ("there is no input \"\(name)\"", hint ?? "declare it below inputs:")
    }

    /// What is wrong with naming that step, in an expression or in `needs`.
    func mistake(ofStep name: String, owner: String?, _ purpose: ExpressionUse.Purpose = .value) -> Mistake? {
        if let level = level(ofStep: name) {
            if isAround(name, level: level) {
                return (
                    "the step \"\(name)\" is around this place, and has no output before all in it has ended",
                    blocks[level + 1].container?.word == "loop" ? "what the iteration before gave is \"previous\"" : nil
                )
            }
            guard name == owner, level == depth else { return nil }
            return ("the step \"\(name)\" refers to its own output", "it has none before it has run")
        }
        if let containers = plan.insides[name] { return mistake(ofStep: name, inside: containers, owner, purpose) }
        let hint =
            dashHint { $0.hasPrefix(name + "-") } ?? Suggestion.hint(for: name, among: steps, called: "the steps are")
        return ("there is no step \"\(name)\"", hint)
    }

    /// - Parameter containers: the steps around it, outermost first.
    private func mistake(
        ofStep name: String, inside containers: [PlanScope.Container], _ owner: String?,
        _ purpose: ExpressionUse.Purpose
    ) -> Mistake? {
        let around = blocks.compactMap(\.container)
        let shared = zip(around, containers).prefix { $0 == $1 }.count
        guard shared < containers.count, level(ofStep: containers[shared].name) != nil else {
            return ("the step \"\(name)\" is on another path of the branch", "only one path of a branch is taken")
        }
        let container = containers[shared]
        if case .loopCondition = purpose, container.name == owner {
            return (
                "the step \"\(name)\" is inside the loop, which has not begun when \"while\" is looked at",
                "what the iteration before gave is \"previous\""
            )
        }
        return (
            "the step \"\(name)\" is inside the \(container.word) \"\(container.name)\"",
            "use steps.\(container.name).output, which is what the \(container.word) hands over"
        )
    }

    /// What is wrong with what is looked up of a step.
    static func mistake(inMembers members: [String], of step: String) -> Mistake? {
        guard let member = members.first else { return nil }
        guard stepMembers.contains(member) else {
            return (
                "a step has no \"\(member)\"",
                "it has output, status, files and error; did you mean steps.\(step).output.\(member)?"
            )
        }
        guard member == "error", let part = members.dropFirst().first, !errorMembers.contains(part) else { return nil }
        return ("the error of a step has no \"\(part)\"", "it has cause and message")
    }

    private static func mistake(inSecret members: [String], _ purpose: ExpressionUse.Purpose) -> Mistake? {
        guard case .call = purpose else {
            return (
                "secrets are known only where a step hands something to the world outside",
                "in url, headers and body of http, and in arguments, env and stdin of command"
            )
        }
        guard let name = members.first else {
            return ("\"secrets\" must be followed by the name of a secret", "write ${{ secrets.NAME }}")
        }
        guard SecretName.isValid(name) else {
            return ("\"\(name)\" cannot be the name of a secret", "a name is \(SecretName.rule)")
        }
        guard members.count == 1 else { return ("a secret is a text, and has no \"\(members[1])\"", nil) }
        return nil
    }

    /// What is wrong with an expression that computes something from a secret: the value is put in when everything has
    /// been computed, so nothing can be made of it.
    static let computedSecret: Mistake = (
        "nothing can be computed from a secret",
        "let it stand alone between the braces, with text around them: \"Bearer ${{ secrets.NAME }}\""
    )

    private func mistake(ofLoopRoot root: String, _ purpose: ExpressionUse.Purpose) -> Mistake? {
        var names = loop
        if case .loopCondition(let own) = purpose { names = own }
        guard let names else { return ("\"\(root)\" is known only inside loops", nil) }
        if root == "item", !names.hasItem {
            return (
                "this loop has no \"item\", because it does not go over a list",
                isItemHidden(purpose)
                    ? "keep the item of the loop around it in a \"set\" step there" : "it has index and previous"
            )
        }
        if root == "previous", !names.hasPrevious {
            return (
                "\"previous\" is not known where iterations run at the same time",
                "remove \"concurrency\" from the loop"
            )
        }
        return nil
    }

    /// What to write when a name with a dash was meant: `steps.read-all.output` is "steps.read minus all.output".
    private func dashHint(where isMeant: (String) -> Bool) -> String? {
        let name =
            steps.first(where: isMeant).map { ("steps", $0) }
            ?? plan.inputs.first(where: isMeant).map { ("inputs", $0) }
        return name.map { "a name with a dash is written \($0)[\"\($1)\"]" }
    }
}
