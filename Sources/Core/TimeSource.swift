/// Where the time comes from: the machine's clock, or a test's hand.
public struct TimeSource: Sendable {
    private let read: @Sendable () -> Timestamp

    /// A source that calls this for each reading.
    public init(_ read: @escaping @Sendable () -> Timestamp) {
        self.read = read
    }

    /// The machine's clock.
    public static let system = TimeSource { Timestamp.now }

    /// The time now.
    public var now: Timestamp { read() }
}
