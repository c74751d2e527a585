internal import Core

/// What was under way when a step was cut off, in words: whoever is to say whether it has happened must know what.
struct InterruptedText: Sendable {
    /// What it was given: of a command its arguments, of a request its method and address.
    let input: JSON
    let started: Timestamp

    func lines(at now: Timestamp) -> [String] {
        ["It began at \(Quantity.moment(started, near: now)):"] + what.map { "  " + $0 }
    }

    private var what: [String] {
        if let arguments = input["arguments"]?.arrayValue {
            let command = arguments.map { ShellWord.quoted($0.stringValue ?? $0.text) }.joined(separator: " ")
            return Self.paragraphs("$ \(command)") + given("stdin")
        }
        if let method = input["method"]?.stringValue, let url = input["url"]?.stringValue {
            return [DisplayText.line("\(method) \(url)")] + given("body")
        }
        if let tool = input["tool"]?.stringValue {
            let arguments = input["arguments"] ?? [:]
            return [DisplayText.line("the tool \(tool), with")] + Self.paragraphs(arguments.prettyText)
        }
        return Self.paragraphs(input.stringValue ?? input.prettyText)
    }

    /// A member that is given along, if it is.
    private func given(_ name: String) -> [String] {
        guard let value = input[name], !value.isNull else { return [] }
        return ["\(name):"] + Self.paragraphs(value.stringValue ?? value.prettyText).map { "  " + $0 }
    }

    private static func paragraphs(_ text: String) -> [String] {
        DisplayText.paragraphs(text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
