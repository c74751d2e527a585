internal import Core
internal import Synchronization

/// What apps were before they were changed, for `Undo`, which is offered as long as a page stands. It is kept in memory: after
/// a restart of the server, and when many have come meanwhile, a change cannot be taken back any more.
final class EarlierApps: Sendable {
    static let shared = EarlierApps()

    /// So many bytes at most, and one app however large it is.
    private static let bytesMaximum = 4 << 20

    private struct Kept {
        var hash: ContentHash
        var bytes: [UInt8]
    }

    private let kept = Mutex<[Kept]>([])

    /// Keeps what an app was.
    /// - Returns: what it is asked for by.
    func keep(_ app: JSON) -> ContentHash {
        let bytes = app.bytes
        let hash = ContentHash(of: bytes)
        kept.withLock { kept in
            kept.removeAll { $0.hash == hash }
            kept.append(Kept(hash: hash, bytes: bytes))
            while kept.count > 1, kept.reduce(0, { $0 + $1.bytes.count }) > Self.bytesMaximum { kept.removeFirst() }
        }
        return hash
    }

    /// What was kept; nil when it is not any more.
    func app(_ hash: ContentHash) throws -> JSON? {
        try kept.withLock { kept in try kept.first { $0.hash == hash }.map { try JSON(parsing: $0.bytes) } }
    }
}
