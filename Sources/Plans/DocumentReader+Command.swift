internal import Core

extension DocumentReader {
    private static let shells: Set<Substring> = ["sh", "bash", "dash", "zsh", "ksh", "ash"]
    private static let injectionHint =
        "a shell would run what the value contains; pass it by \"stdin\", \"env\" or the list form"

    /// Reads `command:` and the keys beside it.
    mutating func command(_ node: YAMLNode, _ fields: Fields) -> CommandDefinition {
        CommandDefinition(
            arguments: arguments(node),
            stdin: fields["stdin"].map { template($0) },
            environment: fields["env"].map { environment($0) } ?? [],
            planFiles: fields["files"].map { planFiles($0) } ?? [],
            outputFiles: fields["outputs"].map { outputFiles($0) } ?? [])
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
        let script = shellScript(in: elements)
        return elements.enumerated().compactMap { place, element in
            if place == script {
                refuseExpressions(in: element)
                return element.scalar.map { .literal(.string($0.text)) }
            }
            return templateText(element, "an argument")
        }
    }

    /// Place of the argument that a shell would run, as in `[sh, -c, SCRIPT]`.
    private func shellScript(in elements: [YAMLNode]) -> Int? {
        guard let program = elements.first?.scalar?.text.split(separator: "/").last, Self.shells.contains(program),
            let option = elements.firstIndex(where: { element in
                guard let text = element.scalar?.text else { return false }
                return text.hasPrefix("-") && !text.hasPrefix("--") && text.hasSuffix("c")
            }), option + 1 < elements.count
        else { return nil }
        return option + 1
    }

    private mutating func refuseExpressions(in node: YAMLNode) {
        guard let text = node.scalar?.text, TemplateScanner.isTemplate(text) else { return }
        var last: [Unicode.Scalar] = []
        for (offset, scalar) in text.unicodeScalars.enumerated() {
            last = last.suffix(2) + [scalar]
            if last == ["$", "{", "{"] {
                report(
                    "an expression cannot stand in the text of a shell command",
                    atIndex: self.text.index(ofCharacter: offset - 2, in: node), hint: Self.injectionHint)
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
