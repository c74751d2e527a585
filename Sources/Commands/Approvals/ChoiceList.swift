internal import Core
internal import Plans

/// The values that a field may have, as a person is shown them and picks one: by its text or by its number. Without numbers
/// nobody could type a choice that holds a character which is not drawn.
struct ChoiceList: Sendable {
    let choices: [SchemaChoice]

    /// Numbers would be mistaken for choices that are numbers.
    private var isNumbered: Bool { choices.allSatisfy { Int($0.text.trimmed) == nil } }

    /// How one is picked.
    var rule: String { isNumbered ? "one of these, by its text or its number" : "one of these" }

    /// A line for each.
    var lines: [String] {
        let width = "\(choices.count)".count
        return choices.enumerated().map { place, choice in
            let number = "\(place + 1)"
            let mark = isNumbered ? String(repeating: " ", count: width - number.count) + number + "." : "-"
            return "\(mark) \(Self.text(of: choice))"
        }
    }

    /// What a text picks; nil for nothing.
    func value(_ text: String) -> JSON? {
        if let choice = choices.first(where: { $0.text == text }) { return choice.value }
        guard isNumbered, let number = Int(text.trimmed), choices.indices.contains(number - 1) else { return nil }
        return choices[number - 1].value
    }

    /// All of them on one line.
    var line: String {
        choices.map { choice in
            let text = Self.text(of: choice)
            return text.contains(",") ? "“\(text)”" : text
        }.joined(separator: ", ")
    }

    /// `red (Bright red)`; what could be overlooked stands in quotes.
    private static func text(of choice: SchemaChoice) -> String {
        let shown = DisplayText.line(choice.text)
        let text = shown == choice.text && !shown.isEmpty ? shown : "“\(shown)”"
        return text + (choice.title.map { " (\(DisplayText.line($0)))" } ?? "")
    }
}
