internal import Core

extension DocumentReader {
    private static let shells: Set<Substring> = ["sh", "bash", "dash", "zsh", "ksh", "ash"]
    private static let injectionHint =
        "what the value contains would run as code; pass it by \"stdin\", \"env\" or as an argument"
    /// Interpreters that take a program as an argument, and the letters of the options behind which it stands.
    private static let interpreters: [(name: String, letters: Set<Character>)] = [
        ("python", ["c"]), ("perl", ["e", "E"]), ("ruby", ["e"]), ("node", ["e", "p"]), ("php", ["r"]),
    ]

    /// Reads `command:` and the keys beside it.
    mutating func command(_ node: YAMLNode, _ fields: Fields) -> CommandDefinition {
        purpose = .call
        defer { purpose = .value }
        return CommandDefinition(
            arguments: arguments(node),
            stdin: fields["stdin"].map { template($0) },
            environment: fields["env"].map { environment($0) } ?? [],
            planFiles: fields["files"].map { planFiles($0) } ?? [],
            outputFiles: fields["outputs"].map { outputFiles($0) } ?? [],
            hasNetwork: fields["network"].flatMap { boolean($0, "\"network\"") } ?? false)
    }

    private mutating func arguments(_ node: YAMLNode) -> [TemplateValue] {
        if let text = node.scalar?.value.stringValue {
            if text.trimmingWhitespace.isEmpty { report("\"command\" is empty", at: node.range) }
            refuseExpressions(in: node)
            return ["/bin/sh", "-c", text].map { .literal(.string($0)) }
        }
        guard let elements = node.elements else {
            reportType(node, "\"command\"", mustBe: "a list or a text", hint: "write [program, argument]")
            return []
        }
        if elements.isEmpty { report("\"command\" is empty", at: node.range, hint: "write [program, argument]") }
        let script = script(in: elements)
        return elements.enumerated().compactMap { place, element in
            if place == script {
                refuseExpressions(in: element)
                return element.scalar.map { .literal(.string($0.text)) }
            }
            return templateText(element, "an argument")
        }
    }

    /// Place of the argument that a shell or another interpreter would run, as in `[sh, -c, SCRIPT]`; also behind programs
    /// that start others, such as `env` and `timeout`.
    private func script(in elements: [YAMLNode]) -> Int? {
        for (place, element) in elements.enumerated() {
            guard let letters = element.scalar.flatMap({ Self.scriptLetters(of: $0.text) }) else { continue }
            let rest = elements[(place + 1)...]
            let option = rest.firstIndex { element in
                guard let text = element.scalar?.text, text.hasPrefix("-"), !text.hasPrefix("--") else { return false }
                return text.contains(where: letters.contains)
            }
            guard let option else { continue }
            // Further options may stand before the script: `sh -c -e SCRIPT`.
            if let script = elements[(option + 1)...].firstIndex(where: { $0.scalar?.text.hasPrefix("-") != true }) {
                return script
            }
        }
        return nil
    }

    /// Nil when it is no interpreter.
    private static func scriptLetters(of program: String) -> Set<Character>? {
        guard let name = program.split(separator: "/").last else { return nil }
        if shells.contains(name) { return ["c"] }
        // With or without the version: python3.11.
        return interpreters.first { name.hasPrefix($0.name) && name.dropFirst($0.name.count).allSatisfy(isVersion) }?
            .letters
    }

    private static func isVersion(_ character: Character) -> Bool { character.isNumber || character == "." }

    private mutating func refuseExpressions(in node: YAMLNode) {
        guard let text = node.scalar?.text, TemplateScanner.isTemplate(text) else { return }
        var last: [Unicode.Scalar] = []
        for (offset, scalar) in text.unicodeScalars.enumerated() {
            last = last.suffix(2) + [scalar]
            if last == ["$", "{", "{"] {
                report(
                    "an expression cannot stand in the text of a command or program",
                    atIndex: self.text.index(ofCharacter: offset - 2, in: node),
                    hint: Self.injectionHint)
                return
            }
        }
    }

    private mutating func environment(_ node: YAMLNode) -> [(name: String, value: TemplateValue)] {
        guard let entries = node.entries else {
            reportType(node, "\"env\"", mustBe: "a mapping from name to text")
            return []
        }
        return entries.compactMap { entry in
            if !PlanNames.isEnvironmentName(entry.name) {
                report(
                    "\"\(entry.name)\" cannot be the name of an environment variable", at: entry.nameRange,
                    hint: "use letters, digits and _")
            }
            return templateText(entry.value, "\"\(entry.name)\"").map { (entry.name, $0) }
        }
    }

    private mutating func planFiles(_ node: YAMLNode) -> [String] {
        elements(node, "\"files\"", of: "files").compactMap { element in
            guard let path = string(element, "a path in \"files\"") else { return nil }
            planFile(path, at: element.range)
            return path
        }
    }

    private mutating func outputFiles(_ node: YAMLNode) -> [String] {
        guard let list = fields(of: node, "\"outputs\" of a step", keys: ["files"])?["files"] else { return [] }
        return elements(list, "\"files\"", of: "patterns").compactMap { element in
            guard let pattern = string(element, "a pattern in \"files\"") else { return nil }
            guard PlanNames.isConfinedPath(pattern) else {
                report(
                    "\"\(pattern)\" is not a pattern of files below the task's directory", at: element.range,
                    hint: "write it relative to that directory, without . and .., such as out/*.csv")
                return nil
            }
            return pattern
        }
    }
}
