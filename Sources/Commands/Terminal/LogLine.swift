internal import Core

/// An entry of the log as people read it on a terminal.
enum LogLine: Sendable {
    /// `16:56:53 Took up unfinished tasks: 1`; errors say so, in red.
    static func text(_ entry: Log.Entry, style: Style) -> String {
        let details = entry.details.map { (name: $0.name, text: $0.value.stringValue ?? $0.value.text) }
        // The message says what a lone value is; several need their names.
        let facts = details.count == 1 ? details.map(\.text) : details.map { "\($0.name) \($0.text)" }
        let sentence = DisplayText.line(
            ([entry.message] + (facts.isEmpty ? [] : [facts.joined(separator: ", ")]))
                .joined(separator: ": "))
        let time = style.faint(Quantity.timeOfDay(entry.at))
        return "\(time) " + (entry.level == .error ? style.red("error: \(sentence)") : sentence)
    }
}

extension CommandContext {
    /// The log of a server: sentences for people at a terminal, else JSON.
    var serverLog: Log {
        guard errors.isTerminal else { return .standardError }
        let (errors, style) = (errors, style)
        return Log { entry in errors.writeLine(LogLine.text(entry, style: style)) }
    }
}
