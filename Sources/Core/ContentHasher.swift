internal import CSodium

/// The SHA-256 of bytes that come piece by piece.
public struct ContentHasher: Sendable {
    private var state = crypto_hash_sha256_state()

    public init() {
        _ = unsafe crypto_hash_sha256_init(&state)
    }

    /// Takes the next piece.
    public mutating func append(_ bytes: ArraySlice<UInt8>) {
        _ = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe crypto_hash_sha256_update(&state, bytes.baseAddress, UInt64(bytes.count))
        }
    }

    /// The hash of all pieces; ends the hasher.
    public consuming func finish() -> ContentHash {
        var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
        _ = unsafe crypto_hash_sha256_final(&state, &digest)
        return ContentHash(digest: digest)
    }
}
