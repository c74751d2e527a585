internal import Core

/// An entry of the log as people read it on a terminal.
enum LogLine: Sendable {
    /// `16:56:53 Took up unfinished tasks: 1`; errors and warnings say so, in colour.
    static func text(_ entry: Log.Entry, style: Style) -> String {
        let details = entry.details.map { (name: $0.name, text: $0.value.stringValue ?? $0.value.text) }
        // The message says what a lone value is; several need their names.
        let facts = details.count == 1 ? details.map(\.text) : details.map { "\($0.name) \($0.text)" }
        let sentence = DisplayText.line(
            ([entry.message] + (facts.isEmpty ? [] : [facts.joined(separator: ", ")]))
                .joined(separator: ": "))
        let time = style.faint(Quantity.timeOfDay(entry.at))
        let said =
            switch entry.level {
            case .debug: style.faint(sentence)
            case .info: sentence
            case .warning: style.yellow("warning: \(sentence)")
            case .error: style.red("error: \(sentence)")
            }
        return "\(time) \(said)"
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
