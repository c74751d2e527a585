internal import HTTPClient

/// Counts the failures of one server.
struct RestartCounter {
    private let policy: MCPRestartPolicy
    private var failures = 0
    private var last: String?
    private var restEnd: ContinuousClock.Instant?

    init(_ policy: MCPRestartPolicy) {
        self.policy = policy
    }

    /// The server has failed.
    /// - Parameter reason: how, for the error of those who come while it is left alone.
    mutating func noteFailure(_ reason: String) {
        failures += 1
        last = reason
        if failures >= policy.failuresMaximum { restEnd = .now + .milliseconds(policy.restMilliseconds) }
    }

    /// The server works.
    mutating func noteSuccess() {
        failures = 0
        restEnd = nil
    }

    /// Why it failed the last time, unless it has worked since.
    var failure: String? { failures > 0 ? last : nil }

    /// How long to wait before the server is started.
    /// - Throws: `Fault` while it is left alone.
    func pause() throws -> Duration {
        if let restEnd {
            let left = ContinuousClock.now.duration(to: restEnd)
            guard left <= .zero else {
                let seconds = Int64((left / .seconds(1)).rounded(.up))
                throw Fault(
                    "it failed \(failures) times in a row, the last time like this: \(last ?? "nobody knows how")",
                    hint: "It is tried again in \(seconds) s at the earliest.",
                    cause: TemporaryRefusal(retryAfterMilliseconds: seconds * 1_000))
            }
            return .zero
        }
        guard failures > 1 else { return .zero }
        return .milliseconds(policy.pauseMilliseconds << min(failures - 2, 10))
    }
}
