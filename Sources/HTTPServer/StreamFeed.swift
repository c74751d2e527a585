/// What a stream is filled from on the thread that sends it, without a task that waits: for streams of which there are
/// thousands, and which all wait for the same. It is asked by one at a time.
public protocol StreamFeed: Sendable {
    /// What comes next, wherever it must be looked up; nil when there is nothing now.
    func lookUp() async throws -> [UInt8]?

    /// What can be sent now. Called when all has been sent that there was; must neither wait nor take long.
    func take() -> StreamPortion

    /// Has `wake` called once, when there may be something.
    /// - Returns: false when there may be something already; then it is not called.
    func onNews(_ wake: @escaping @Sendable () -> Void) -> Bool
}

/// What a feed has at hand.
public enum StreamPortion: Sendable {
    /// The next bytes, at least one.
    case bytes([UInt8])
    /// Nothing at the moment.
    case nothing
    /// What comes next must be looked up.
    case elsewhere
}

extension StreamFeed {
    /// Looks everything up that there is.
    func fill(_ buffer: StreamBuffer) async throws {
        while let bytes = try await lookUp() { try await buffer.write(bytes) }
    }
}
