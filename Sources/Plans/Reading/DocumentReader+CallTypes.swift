internal import CEL
internal import Core

/// What is known of a tool call before there is one.
struct CallKnowledge {
    /// What the expression of a consent can look up.
    static let members = ["name", "arguments", "reason", "confidence"]
    /// What the arguments must be; nil when only a server knows.
    var parameters: JSON?

    /// The type of what is looked up; nil where it is not known.
    func type(of path: [String]) -> StaticType? {
        guard path.first == "tool" else { return nil }
        switch path.dropFirst().first {
        case nil: return .map
        case "name" where path.count == 2, "reason" where path.count == 2: return .string
        case "confidence" where path.count == 2: return .number
        case "arguments":
            guard path.count > 2 else { return .map }
            return parameters.flatMap { Self.type(of: Array(path.dropFirst(2)), in: $0) }
        default: return nil
        }
    }

    private static func type(of path: [String], in schema: JSON) -> StaticType? {
        guard let name = path.first else {
            switch schema["type"]?.stringValue {
            case "string": return .string
            case "integer", "number": return .number
            case "boolean": return .bool
            case "array": return .list
            case "object": return .map
            default: return nil
            }
        }
        return schema["properties"]?[name].flatMap { type(of: Array(path.dropFirst()), in: $0) }
    }

    /// What is wrong with looking that up, if anything is.
    func mistake(in members: [String]) -> NameScope.Mistake? {
        guard let member = members.first else { return nil }
        guard Self.members.contains(member) else {
            let hint = Suggestion.hint(for: member, among: Self.members, called: "it has")
            return ("a call of a tool has no \"\(member)\"", hint)
        }
        guard let next = members.dropFirst().first else { return nil }
        guard member == "arguments" else { return ("the \(member) of a call has no \"\(next)\"", nil) }
        let properties = parameters?["properties"]?.objectValue
        guard let properties, parameters?["additionalProperties"] == false, properties[next] == nil else { return nil }
        let hint = Suggestion.hint(for: next, among: properties.map(\.name), called: "its arguments are")
        return ("the tool has no argument \"\(next)\"", hint ?? "it takes no arguments")
    }
}

extension DocumentReader {
    /// Reads `consent:` of a tool.
    mutating func toolConsent(_ node: YAMLNode, _ kind: ToolGrant.Kind) -> ConsentRule? {
        if let isNeeded = node.scalar?.value.boolValue { return isNeeded ? .always : .never }
        let call = CallKnowledge(parameters: kind.parameters)
        let grant = ToolGrant(kind, place: text.place(at: node.range.lowerBound))
        purpose = .toolConsent(call)
        defer { purpose = .value }
        guard let condition = condition(node, "\"consent\"") else { return nil }
        if let use = uses.last {
            checkTypes(use, call)
            checkNames(use, grant)
        }
        return .when(condition)
    }

    /// A name that no tool has would never be asked about.
    private mutating func checkNames(_ use: ExpressionUse, _ grant: ToolGrant) {
        guard !isStored else { return }
        for compared in use.expression.texts(comparedWith: ToolGrant.namePath) where !grant.mayGrant(compared.text) {
            report(
                "\"tool.name\" is never \(quoted(compared.text)) here",
                atIndex: text.index(ofLine: compared.line, column: compared.column, in: use),
                hint: Self.hint(for: compared.text, among: [grant]))
        }
    }

    private mutating func checkTypes(_ use: ExpressionUse, _ call: CallKnowledge) {
        guard !isStored else { return }
        let inputs = inputTypes
        let (type, findings) = use.expression.checkTypes { path in
            guard path.count == 2, path[0] == "inputs" else { return call.type(of: path) }
            return inputs[path[1]].flatMap(\.staticType)
        }
        for finding in findings {
            guard case .source(_, let line, let column) = finding.place else { continue }
            report(finding.message, atIndex: text.index(ofLine: line, column: column, in: use), hint: finding.hint)
        }
        // Of an expression without variables that is told already.
        guard let type, type != .bool, findings.isEmpty, !use.expression.references.isEmpty else { return }
        report(
            "\"consent\" must be true or false, not \(type.phrase)",
            atIndex: text.index(ofLine: 1, column: 1, in: use))
    }
}

extension InputType {
    fileprivate var staticType: StaticType? {
        switch self {
        case .string: .string
        case .integer, .number: .number
        case .boolean: .bool
        case .array: .list
        case .object: .map
        case .any: nil
        }
    }
}
