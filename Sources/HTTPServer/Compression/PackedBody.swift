internal import Synchronization

/// The gzip of a body, made when somebody first wants it, and no larger than the body; shared by all copies of a response.
public final class PackedBody: Sendable {
    private let bytes = Mutex<[UInt8]?>(nil)

    /// A place for a gzip that nobody has made yet.
    public init() {}

    /// The gzip of that body, which is always the same one.
    func bytes(of body: [UInt8]) -> [UInt8] {
        if let made = bytes.withLock({ $0 }) { return made }
        let made = GzipEncoder.encode(body)
        if made.count <= body.count { bytes.withLock { $0 = made } }
        return made
    }
}
