public import Core
internal import RegularExpressions

extension Expression {
    /// What is certainly wrong although the text can be read: functions that do not exist, wrong numbers of arguments,
    /// patterns that are not regular expressions. An evaluation may still succeed, if `||` or `? :` goes around them.
    public var diagnostics: [Diagnostic] {
        let text = SourceText(source)
        var diagnostics: [Diagnostic] = []
        Self.collect(root, text, &diagnostics)
        return diagnostics
    }

    private static func collect(_ node: Node, _ text: SourceText, _ diagnostics: inout [Diagnostic]) {
        if let (message, hint) = finding(node) {
            let (line, column) = text.position(ofByte: node.offset)
            diagnostics.append(
                Diagnostic(message, at: .source(file: nil, line: line, column: column), hint: hint))
        }
        for child in node.kind.children { collect(child, text, &diagnostics) }
    }

    private static func finding(_ node: Node) -> (message: String, hint: String?)? {
        switch node.kind {
        case .unknownCall(let function, _): return unknown(function)
        case .call(let function, let arguments):
            if !function.argumentCount.contains(arguments.count) {
                let least = function.argumentCount.lowerBound - (function.isMember ? 1 : 0)
                let most = function.argumentCount.upperBound - (function.isMember ? 1 : 0)
                let count = least == most ? "\(least)" : most > 100 ? "at least \(least)" : "\(least) to \(most)"
                return ("the function \"\(function.name)\" takes \(count) argument\(count == "1" ? "" : "s")", nil)
            }
            if function.name == "matches", case .constant(.string(let pattern)) = arguments[1].kind,
                case .failure(let failure) = RegularExpression.compile(pattern)
            {
                return (failure.message, nil)
            }
            return nil
        default: return nil
        }
    }

    private static func unknown(_ function: Node.UnknownFunction) -> (message: String, hint: String?) {
        let name = function.name
        let isElsewhere = function.isMember ? FunctionLibrary.globals[name] : FunctionLibrary.members[name]
        var hint: String?
        if isElsewhere != nil {
            hint = function.isMember ? "it is written \(name)(value)" : "it is written value.\(name)()"
        } else {
            let known = function.isMember ? FunctionLibrary.memberNames : FunctionLibrary.globalNames
            hint = Suggestion.nearest(to: name, in: known).map { "is \"\($0)\" meant?" }
        }
        return ("there is no function \"\(name)\"", hint)
    }
}
