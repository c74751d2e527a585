/// Fills a stream on the thread that sends it, without waking its producer: for streams of which there are thousands, and
/// which all wait for the same.
public protocol StreamFeed: Sendable {
    /// What can be sent now. Called when all has been sent that there was; must neither wait nor take long.
    func take() -> StreamPortion

    /// Has `wake` called once, when there may be something.
    /// - Returns: false when there may be something already; then it is not called.
    func sleep(until wake: @escaping @Sendable () -> Void) -> Bool
}

/// What a feed has at hand.
public enum StreamPortion: Sendable {
    /// The next bytes, at least one.
    case bytes([UInt8])
    /// Nothing at the moment.
    case nothing
    /// What comes next takes longer: the producer has to go on.
    case aside
}
