internal import Synchronization

/// The whole terminal, for as long as something is shown on it; what stood there before comes back afterwards.
final class FullScreen: Sendable {
    private struct Drawn: Hashable {
        var lines: [String]
        var size: Output.Size
    }

    private let output: Output
    private let drawn = Mutex<Drawn?>(nil)

    init(_ output: Output) {
        self.output = output
    }

    /// The size of the terminal now, without its last column: terminals differ in what they do after it.
    var size: Output.Size { Output.Size(columns: output.size.columns - 1, rows: output.size.rows) }

    /// Takes the terminal; each call needs one of `leave`.
    func enter() { output.write("\u{1B}[?1049h\u{1B}[?25l") }

    /// Gives the terminal back.
    func leave() {
        drawn.withLock { $0 = nil }
        output.write("\u{1B}[?25h\u{1B}[?1049l")
    }

    /// Shows these lines, none wider than fits and as many as fit; nothing is written when they stand there already.
    func put(_ lines: [String]) {
        let drawing = Drawn(lines: Array(lines.prefix(size.rows)), size: size)
        drawn.withLock { drawn in
            guard drawn != drawing else { return }
            drawn = drawing
            // Between the first and the last a terminal that knows them shows nothing half drawn.
            output.write(
                "\u{1B}[?2026h\u{1B}[H" + drawing.lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n")
                    + "\u{1B}[J\u{1B}[?2026l")
        }
    }
}
