internal import Core

/// Draws the tree of steps in place, over what it has drawn before.
final class LiveTree: Sendable {
    private let lines: LiveLines
    private let tree: ProgressTree
    private let style: Style

    init(_ output: Output, style: Style) {
        lines = LiveLines(output)
        self.style = style
        tree = ProgressTree(style: style)
    }

    /// Draws the state of this moment.
    /// - Parameter note: what to say below it; nil for nothing.
    func draw(_ progress: TaskProgress, at now: Timestamp, note: String? = nil) {
        let size = lines.size
        let notes = note.map { [style.yellow(DisplayText.truncated($0, to: size.columns))] } ?? []
        let rows = max(4, size.rows - 1 - notes.count)
        lines.put(
            tree.lines(progress, at: now, columns: size.columns, rows: rows) + notes, hidesCursor: true)
    }

    /// Draws all steps for the last time and leaves them there.
    func finish(_ progress: TaskProgress, at now: Timestamp) {
        lines.put(tree.lines(progress, at: now, columns: lines.size.columns), hidesCursor: false)
        lines.leave()
    }

    /// Leaves what is drawn as it is and gives the cursor back, so that something else can be written.
    func leave() { lines.leave() }
}
