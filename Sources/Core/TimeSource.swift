/// Where the time comes from: the machine's clock, or a test's hand.
public struct TimeSource: Sendable {
    private let read: @Sendable () -> Timestamp
    private let readLeaps: @Sendable () -> Int64

    /// A source that calls this for each reading.
    /// - Parameter leaps: what `leaps` tells.
    public init(leaps: @escaping @Sendable () -> Int64 = { 0 }, _ read: @escaping @Sendable () -> Timestamp) {
        self.read = read
        readLeaps = leaps
    }

    /// The machine's clock.
    public static let system = {
        let watch = ClockWatch()
        return TimeSource(leaps: { watch.leaps }) { Timestamp.now }
    }()

    /// By how much somebody has set the clock forwards so far, in milliseconds: time that has not passed.
    public var leaps: Int64 { readLeaps() }

    /// The time now.
    public var now: Timestamp { read() }
}
