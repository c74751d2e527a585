internal import CSodium
internal import Core

/// Bytes as they lie on the disk: encrypted, and protected against changes, with XChaCha20-Poly1305
/// (https://doc.libsodium.org/secret-key_cryptography/aead/chacha20-poly1305/xchacha20-poly1305_construction). Its nonce
/// of 24 bytes may be chosen at random for as many files as anybody writes.
enum SealedFile: Sendable {
    /// How the file begins; it is protected, too.
    private static let header = Array("signalbox secrets 1\n".utf8)
    private static let nonceCount = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    private static let tagCount = Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)
    /// What it adds to the bytes.
    static var overhead: Int { header.count + nonceCount + tagCount }

    /// To be called before anything else of libsodium that needs random bytes; it may be called again.
    private static let isReady: Bool = sodium_init() >= 0

    static func random(_ count: Int) -> [UInt8] {
        precondition(isReady, "libsodium cannot be used: there is no source of random bytes.")
        var bytes = [UInt8](repeating: 0, count: count)
        unsafe randombytes_buf(&bytes, count)
        return bytes
    }

    static func seal(_ bytes: [UInt8], with key: SecretKey) -> [UInt8] {
        let nonce = random(nonceCount)
        var sealed = [UInt8](repeating: 0, count: bytes.count + tagCount)
        key.withBytes { key in
            _ = unsafe crypto_aead_xchacha20poly1305_ietf_encrypt(
                &sealed, nil, bytes, UInt64(bytes.count), header, UInt64(header.count), nil, nonce, key)
        }
        return header + nonce + sealed
    }

    /// The bytes; nil when something of the file was changed, or the key is another one.
    static func open(_ file: [UInt8], with key: SecretKey) -> [UInt8]? {
        guard file.count >= overhead, file.starts(with: header) else { return nil }
        let nonce = Array(file[header.count..<header.count + nonceCount])
        let sealed = Array(file[(header.count + nonceCount)...])
        var bytes = [UInt8](repeating: 0, count: sealed.count - tagCount)
        let result = key.withBytes { key in
            unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
                &bytes, nil, nil, sealed, UInt64(sealed.count), header, UInt64(header.count), nonce, key)
        }
        return result == 0 ? bytes : nil
    }
}
