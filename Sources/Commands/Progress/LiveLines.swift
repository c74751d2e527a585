internal import Core
internal import Synchronization

/// Draws lines in place on a terminal, over those it has drawn before.
final class LiveLines: Sendable {
    private struct State {
        /// Columns of each line that stands on the terminal now.
        var drawn: [Int] = []
        var isCursorHidden = false
    }

    private let output: Output
    private let state = Mutex(State())

    init(_ output: Output) {
        self.output = output
    }

    /// The size of the terminal now, without its last column: terminals differ in what they do after it.
    var size: Output.Size { Output.Size(columns: output.size.columns - 1, rows: output.size.rows) }

    /// Puts these lines in the place of those before; none takes them away.
    func put(_ lines: [String], hidesCursor: Bool) {
        let columns = output.size.columns
        state.withLock { state in
            var text = Self.beginUpdate
            if hidesCursor, !state.isCursorHidden { text += Self.hideCursor }
            // A window that has become narrower has wrapped the lines that were wider.
            let rows = state.drawn.reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
            text += rows > 0 ? "\r\u{1B}[\(rows)A" : "\r"
            for line in lines { text += line + "\u{1B}[K\n" }
            text += "\u{1B}[J"
            if !hidesCursor, state.isCursorHidden { text += Self.showCursor }
            output.write(text + Self.endUpdate)
            state.isCursorHidden = hidesCursor
            state.drawn = lines.map { DisplayText.width(DisplayText.uncoloured($0)) }
        }
    }

    /// Leaves what is drawn as it is and gives the cursor back, so that something else can be written.
    func leave() {
        state.withLock { state in
            state.drawn = []
            guard state.isCursorHidden else { return }
            state.isCursorHidden = false
            output.write(Self.showCursor)
        }
    }

    private static let showCursor = "\u{1B}[?25h"
    private static let hideCursor = "\u{1B}[?25l"
    /// Between these two a terminal that knows them shows nothing half drawn.
    private static let beginUpdate = "\u{1B}[?2026h"
    private static let endUpdate = "\u{1B}[?2026l"
}
