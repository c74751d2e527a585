internal import Core

/// Notices when a server sends far more than anybody asked for.
struct FloodGuard {
    private var messages = 0
    private var bytes = 0
    private var windowStart = ContinuousClock.now

    private static let window = Duration.seconds(60)

    /// Counts a message that is not an answer.
    /// - Throws: `Fault` when there were too many within a minute and since the last answer.
    mutating func count(bytes count: Int) throws {
        if windowStart.duration(to: .now) > Self.window { reset() }
        messages += 1
        bytes += count
        guard messages <= Limits.mcpMessagesWithoutAnswerMaximum else {
            throw Fault("it sent more than \(Limits.mcpMessagesWithoutAnswerMaximum) messages without answering")
        }
        guard bytes <= Limits.mcpBytesWithoutAnswerMaximum else {
            throw Fault("it sent more than \(Limits.mcpBytesWithoutAnswerMaximum >> 20) MiB without answering")
        }
    }

    /// An answer has come.
    mutating func reset() {
        messages = 0
        bytes = 0
        windowStart = .now
    }
}
