internal import Client
internal import Core
internal import Synchronization

/// Shows how a task goes on: as a tree that is drawn again and again, as a line for each event, or as JSON.
final class ProgressDisplay: Sendable {
    /// How it is shown.
    enum Form: Sendable {
        /// On a terminal, to stderr.
        case tree
        /// To stderr.
        case lines
        /// Each event as the API gives it, to stdout.
        case jsonLines
    }

    /// Ten times a second, as fast as the spinner turns.
    static let interval = Duration.milliseconds(100)

    let form: Form
    private let context: CommandContext
    private let tree: LiveTree
    private let state: Mutex<TaskProgress>
    private let lost: Mutex<Timestamp?> = Mutex(nil)

    init(_ task: TaskDetails, form: Form, context: CommandContext) {
        self.form = form
        self.context = context
        tree = LiveTree(context.errors, style: context.style)
        state = Mutex(TaskProgress(before: task))
    }

    /// What suits stderr.
    static func form(for context: CommandContext) -> Form {
        context.errors.isTerminal && context.environment["TERM"] != "dumb" ? .tree : .lines
    }

    /// The place of the newest event that was shown.
    var position: Position { state.withLock { $0.position } }

    /// The state after the newest event that was shown.
    var progress: TaskProgress { state.withLock { $0 } }

    /// Takes an event.
    func receive(_ event: TaskEvent) {
        let progress = state.withLock { progress in
            progress.apply(event)
            return progress
        }
        switch form {
        case .tree: break
        case .lines:
            context.errors.writeLine("\(Quantity.timeOfDay(event.at)) \(EventLine.text(event, in: progress))")
        case .jsonLines: context.output.writeLine(event.json.text)
        }
    }

    /// Since when nothing is heard of the task any more; nil while it is.
    var lostSince: Timestamp? { lost.withLock { $0 } }

    /// Takes note that the connection to a server is lost, or there again. What is not drawn in place is told in a line.
    func connectionChanged(isLost: Bool, to place: String) {
        lost.withLock { $0 = isLost ? .now : nil }
        guard form != .tree else { return }
        context.errors.writeLine(isLost ? ConnectionText.lost(place) : ConnectionText.found(place))
    }

    /// Draws the tree at intervals until the task around it is cancelled.
    func keepDrawing() async throws {
        guard form == .tree else { return }
        while true {
            // Of what is not heard of, nobody knows how long it has been at work.
            let lostSince = lostSince
            tree.draw(
                state.withLock { $0 }, at: lostSince ?? .now,
                note: lostSince == nil ? nil : ConnectionText.brief)
            try await Task.sleep(for: Self.interval)
        }
    }

    /// Gives the terminal back for something else.
    func leave() {
        if form == .tree { tree.leave() }
    }

    /// Shows the task as the server tells of it now, for the last time.
    func finish(_ task: TaskDetails) {
        if form == .tree { tree.finish(TaskProgress(task), at: .now) }
    }
}
