internal import Core
internal import Synchronization

/// Draws the tree of steps in place, over what it has drawn before.
final class LiveTree: Sendable {
    private struct State {
        /// Columns of each line that stands on the terminal now.
        var drawn: [Int] = []
        var isCursorHidden = false
    }

    private let output: Output
    private let tree: ProgressTree
    private let state = Mutex(State())

    init(_ output: Output, style: Style) {
        self.output = output
        tree = ProgressTree(style: style)
    }

    /// Draws the state of this moment.
    func draw(_ progress: TaskProgress, at now: Timestamp) {
        let size = output.size
        // The last column stays free: terminals differ in what they do after it.
        let lines = tree.lines(progress, at: now, columns: size.columns - 1, rows: max(4, size.rows - 1))
        put(lines, columns: size.columns, hidesCursor: true)
    }

    /// Draws all steps for the last time and leaves them there.
    func finish(_ progress: TaskProgress, at now: Timestamp) {
        let size = output.size
        put(tree.lines(progress, at: now, columns: size.columns - 1), columns: size.columns, hidesCursor: false)
        state.withLock { $0.drawn = [] }
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

    private func put(_ lines: [String], columns: Int, hidesCursor: Bool) {
        state.withLock { state in
            var text = Self.beginUpdate
            if hidesCursor, !state.isCursorHidden { text += Self.hideCursor }
            // A window that has become narrower has wrapped the lines that were wider.
            let rows = state.drawn.reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
            text += rows > 0 ? "\r\u{1B}[\(rows)A" : "\r"
            for line in lines { text += line + "\u{1B}[K\n" }
            text += "\u{1B}[J"
            if !hidesCursor { text += Self.showCursor }
            output.write(text + Self.endUpdate)
            state.isCursorHidden = hidesCursor
            state.drawn = lines.map { DisplayText.width(DisplayText.uncoloured($0)) }
        }
    }
}
