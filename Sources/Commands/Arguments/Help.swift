internal import Core

/// The texts that explain how the program is called.
enum Help: Sendable {
    /// The option that every verb has.
    static let option = "--help"

    /// `signalbox tasks show NUMBER [options]`
    static func usage(of syntax: VerbSyntax) -> String {
        "signalbox \(call(syntax))" + (syntax.options.isEmpty ? "" : " [options]")
    }

    /// The list of verbs.
    static func overview(_ verbs: [VerbSyntax]) -> String {
        let width = verbs.map { call($0).count }.max() ?? 0
        let lines = verbs.map { "  \(padded(call($0), width))  \($0.summary)" }
        return """
            Signalbox runs AI-agent tasks durably.

            usage: signalbox VERB [options]

            \(lines.joined(separator: "\n"))

            `signalbox help VERB` says more about one of them.
            """
    }

    /// All about one verb.
    static func text(of syntax: VerbSyntax) -> String {
        var text = "\(syntax.summary).\n\nusage: \(usage(of: syntax))\n"
        if !syntax.options.isEmpty {
            let calls = syntax.options.map(\.call)
            let width = calls.map(\.count).max() ?? 0
            text += "\noptions:\n"
            for (call, option) in zip(calls, syntax.options) { text += "  \(padded(call, width))  \(option.summary)\n" }
        }
        for note in syntax.notes { text += "\n\(note)\n" }
        text += "\nexamples:\n"
        for example in syntax.examples { text += "  \(example.call(of: syntax))\n      \(example.purpose)\n" }
        return text
    }

    private static func call(_ syntax: VerbSyntax) -> String { syntax.name + syntax.operands.text }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
