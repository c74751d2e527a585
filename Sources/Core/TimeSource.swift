/// Where the time comes from: the machine's clock, or a test's hand.
public struct TimeSource: Sendable {
    private let read: @Sendable () -> Timestamp
    private let readLead: @Sendable () -> Int64

    /// A source that calls this for each reading.
    /// - Parameter lead: what `lead` tells.
    public init(lead: @escaping @Sendable () -> Int64 = { 0 }, _ read: @escaping @Sendable () -> Timestamp) {
        self.read = read
        readLead = lead
    }

    /// The machine's clock.
    public static let system = TimeSource(lead: ClockLead.milliseconds) { Timestamp.now }

    /// By how much the clock is ahead of one that nobody can set, in milliseconds. When it grows, somebody has set the clock
    /// forwards.
    public var lead: Int64 { readLead() }

    /// The time now.
    public var now: Timestamp { read() }
}
