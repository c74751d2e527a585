internal import Client
internal import Core
internal import Synchronization

/// Sees that bytes are those of a hash while they arrive.
final class HashCheck: Sendable {
    private let expected: ContentHash
    private let hasher = Mutex(ContentHasher())

    init(_ expected: ContentHash) {
        self.expected = expected
    }

    /// The same body; it throws `storage_error` at its end when the bytes were others.
    func watching(_ body: ResponseBody) -> ResponseBody {
        ResponseBody {
            guard let piece = try await body.next() else {
                guard self.hasher.withLock({ $0.finish() }) == self.expected else {
                    throw SignalboxError(
                        .storage, "What arrived is not the file with the hash \(self.expected).",
                        hint: "The stored file is damaged: `signalbox doctor` looks at it.")
                }
                return nil
            }
            self.hasher.withLock { $0.append(piece[...]) }
            return piece
        }
    }
}
