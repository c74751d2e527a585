/// What a verb runs in: where it writes, and what surrounds it.
struct CommandContext: Sendable {
    var output: Output
    var errors: Output
    var environment: [String: String]
    var interrupts: Interrupts

    /// Colours for stderr, where progress and errors go. `NO_COLOR`: https://no-color.org.
    var style: Style { Style(hasColours: errors.isTerminal && allowsColours) }

    /// Colours for stdout.
    var outputStyle: Style { Style(hasColours: output.isTerminal && allowsColours) }

    /// Writes a table to stdout, no wider than the terminal.
    func write(_ table: Table) {
        for line in table.lines(width: output.tableColumns, style: outputStyle) { output.writeLine(line) }
    }

    private var allowsColours: Bool {
        (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }
}
