internal import Core

extension DocumentReader {
    /// Checks the arguments that a step gives a built-in tool, as far as they are known: those that are written out by the
    /// tool's schema, expressions where their type is known.
    /// - Parameters:
    ///   - node: of the arguments; nil when there are none.
    ///   - tool: where the tool is named.
    mutating func checkArguments(
        _ arguments: TemplateValue, of name: String, _ schema: JSON, in node: YAMLNode?, at tool: YAMLNode
    ) {
        guard !isStored else { return }
        let properties = schema["properties"]?.objectValue ?? [:]
        var known = JSONObject()
        var computed: Set<String> = []
        // One expression for all of them is seen when it runs.
        guard let members = arguments.members else { return }
        for member in members {
            let entry = node?.entries?.first { $0.name == member.name }
            guard properties[member.name] != nil else {
                let hint = Suggestion.hint(for: member.name, among: properties.map(\.name), called: "its arguments are")
                report(
                    "the tool \(name) has no argument \"\(member.name)\"", at: entry?.nameRange ?? tool.range,
                    hint: hint)
                continue
            }
            if case .literal(let value) = member.value {
                known[member.name] = value
                if member.name == "path", let text = value.stringValue {
                    checkPath(text, of: name, at: entry?.value ?? tool)
                }
            } else {
                computed.insert(member.name)
                check(member, of: name, properties, in: entry?.value ?? tool)
            }
        }
        guard var rest = schema.objectValue else { return }
        let required = (schema["required"]?.arrayValue ?? []).filter { !computed.contains($0.stringValue ?? "") }
        rest["required"] = .array(required)
        do {
            for violation in try JSONSchema(.object(rest)).validate(.object(known)) {
                report(
                    Diagnostic(
                        "the tool \(name): \(violation.message)", at: .pointer(violation.instancePointer),
                        hint: violation.hint), in: node ?? tool)
            }
        } catch {
            preconditionFailure("The schemas of built-in tools can be compiled.")
        }
    }

    /// Finds what a tool would say of a path that is written out.
    private mutating func checkPath(_ text: String, of tool: String, at node: YAMLNode) {
        do {
            let path = try TaskPath(text)
            if path.text.isEmpty, tool != "list_files" {
                let example = tool == "write_file" ? "out/report.csv" : "in/report.csv"
                report(
                    "the tool \(tool): the path names no file", at: node.range, hint: "name one, such as \(example)")
            } else if tool == "write_file", path.isReserved {
                report(
                    "the tool \(tool): \(path.text) cannot be written, for in/ and plan/ are not the task's own",
                    at: node.range, hint: "choose another directory, such as out/")
            }
        } catch let error as SignalboxError {
            let sentence = error.message.hasSuffix(".") ? String(error.message.dropLast()) : error.message
            report(
                "the tool \(tool): \(sentence.replacing("The path", with: "the path"))", at: node.range,
                hint: error.hint)
        } catch {
            preconditionFailure("Reading a path throws errors of ours.")
        }
    }

    private mutating func check(
        _ member: (name: String, value: TemplateValue), of tool: String, _ properties: JSONObject, in node: YAMLNode
    ) {
        guard let type = properties[member.name]?["type"]?.stringValue.flatMap(InputType.init(rawValue:)) else {
            return
        }
        checkType(of: member.value, "the tool \(tool): \"\(member.name)\"", mustBe: type.phrase, in: node) { found in
            found == type || found == .integer && type == .number
        }
    }
}

extension TemplateValue {
    /// The members, if it is an object whose members are known.
    fileprivate var members: [(name: String, value: TemplateValue)]? {
        switch self {
        case .literal(.object(let members)): members.map { ($0.name, .literal($0.value)) }
        case .object(let members): members
        default: nil
        }
    }
}
