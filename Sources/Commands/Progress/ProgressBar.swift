internal import Core
internal import Synchronization

/// A line on stderr that says how far something is, drawn in place. Where nobody sees it, or when it is done before
/// anybody could read it, nothing is written. It is called from any thread.
final class ProgressBar: Sendable {
    private struct State {
        var nextDraw: ContinuousClock.Instant
        var isDrawn = false
    }

    /// What is not done after this is worth a line.
    private static let delay = Duration.milliseconds(200)

    /// Whether somebody sees it.
    let isShown: Bool
    private let title: String
    private let unit: ProgressLine.Unit
    private let lines: LiveLines
    private let style: Style
    private let state: Mutex<State>

    init(_ title: String, _ unit: ProgressLine.Unit, _ context: CommandContext) {
        isShown = ProgressDisplay.form(for: context) == .tree
        self.title = title
        self.unit = unit
        lines = LiveLines(context.errors)
        style = context.style
        state = Mutex(State(nextDraw: .now + Self.delay))
    }

    /// Notes how much is done, of how much if that is known.
    func advance(to done: Int64, of total: Int64?) {
        guard isShown else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            guard now >= state.nextDraw else { return }
            state.nextDraw = now + ProgressDisplay.interval
            state.isDrawn = true
            let line = ProgressLine(title: title, done: done, total: total, unit: unit)
            // The cursor stays: Ctrl-C may end the program here, and nobody would bring it back.
            lines.put([line.text(columns: lines.size.columns, style: style)], hidesCursor: false)
        }
    }

    /// Takes the line away.
    func finish() {
        state.withLock { state in
            guard state.isDrawn else { return }
            state.isDrawn = false
            lines.put([], hidesCursor: false)
        }
    }
}

extension ProgressBar {
    /// Does something and shows meanwhile how long that has taken, of how long if that is known.
    static func during<Value: Sendable>(
        _ title: String, of expected: Duration? = nil, _ context: CommandContext,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let bar = ProgressBar(title, .seconds, context)
        defer { bar.finish() }
        guard bar.isShown else { return try await body() }
        let began = ContinuousClock.now
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while true {
                    try await Task.sleep(for: ProgressDisplay.interval)
                    bar.advance(
                        to: Int64((ContinuousClock.now - began) / .seconds(1)),
                        of: expected.map { Int64($0 / .seconds(1)) })
                }
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            preconditionFailure("Showing the time has no end.")
        }
    }
}
