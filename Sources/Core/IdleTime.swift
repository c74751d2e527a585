/// The part of a step's time in which nothing was done for it: after a crash or a stop until it goes on, and after a failure
/// until somebody has it retried. Gaps that overlap count once.
public struct IdleTime: Sendable, Hashable {
    /// All gaps that have ended.
    public private(set) var milliseconds: Int64
    private var since: Timestamp?
    /// Up to when gaps have been counted.
    private var counted: Timestamp?

    public init(milliseconds: Int64 = 0) {
        self.milliseconds = milliseconds
    }

    /// Nothing is done from then on.
    public mutating func begin(at time: Timestamp) {
        since = min(since ?? .max, max(time, counted ?? time))
    }

    /// It goes on.
    public mutating func end(at time: Timestamp) {
        guard let begin = since else { return }
        milliseconds += max(0, time.milliseconds(since: begin))
        since = nil
        counted = time
    }
}

extension Timestamp {
    fileprivate static let max = Timestamp(millisecondsSinceEpoch: .max)
}
