internal import CSodium
internal import Core

/// Where the key is that the stored secrets are encrypted with.
public enum SecretKeyPlace: Sendable, Hashable {
    /// In a file of the data directory, which is made with the first secret.
    case ownFile
    /// In a file elsewhere, which is never made.
    case file(String)
    /// In the environment variable of that name, whose value this is.
    case text(String, variable: String)

    /// What a key that is given must be.
    static let rule = "Make one with: openssl rand -hex 32"
    /// Of `ownFile`.
    static let ownFileName = "secrets.key"
    private static let fileBytesMaximum = 1 << 10

    /// The key; nil when it is to be in the data directory and is not there.
    /// - Throws: `SignalboxError`: `not_found`, `invalid_configuration`, `storage_error`.
    func key(in directory: String) throws -> SecretKey? {
        switch self {
        case .ownFile:
            let path = directory + "/" + Self.ownFileName
            return FileSystem.exists(path) ? try Self.read(path) : nil
        case .file(let path): return try Self.read(path)
        case .text(let text, let variable): return try SecretKey(hexadecimal: text, from: "The variable \(variable)")
        }
    }

    /// Where it is, for people.
    func words(in directory: String) -> String {
        switch self {
        case .ownFile: directory + "/" + Self.ownFileName
        case .file(let path): path
        case .text(_, let variable): "the variable \(variable)"
        }
    }

    /// The key; one is made when it is to be in the data directory and is not there.
    func keyOrNew(in directory: String) throws -> SecretKey {
        if let key = try key(in: directory) { return key }
        let key = SecretKey.random()
        try FileSystem.writeAtomically(key.hexadecimalLine, to: directory + "/" + Self.ownFileName)
        return key
    }

    private static func read(_ path: String) throws -> SecretKey {
        guard FileSystem.exists(path) else {
            throw SignalboxError(
                .notFound, "The key of the secrets is to be in the file \(path), and there is none.",
                hint: "Put it there; if none was ever made: (umask 077; openssl rand -hex 32 > \(path)). "
                    + "The setting secrets_key_file names another file.")
        }
        guard !FileSystem.isDirectory(path) else {
            throw SignalboxError(
                .configuration, "The key of the secrets is to be in the file \(path), and that is a directory.",
                hint: "The setting secrets_key_file names a file.")
        }
        if let mode = FileSystem.permissions(path), mode & 0o077 != 0 {
            throw SignalboxError(
                .configuration, "Other users can read \(path), the key of the secrets.", hint: "chmod 600 \(path)")
        }
        let text = String(decoding: try FileSystem.read(path, maximum: fileBytesMaximum), as: UTF8.self)
        return try SecretKey(hexadecimal: text, from: "The file \(path)")
    }
}

/// The key of the stored secrets. Its bytes are wiped when nobody holds it any more.
@safe
final class SecretKey: Sendable {
    static let count = Int(crypto_aead_xchacha20poly1305_ietf_KEYBYTES)

    /// Never changed until the end, and only by the one who frees it.
    nonisolated(unsafe) private let storage: UnsafeMutablePointer<UInt8>

    private init(_ bytes: [UInt8]) {
        unsafe storage = .allocate(capacity: Self.count)
        for place in 0..<Self.count { unsafe storage[place] = bytes[place] }
    }

    deinit {
        unsafe sodium_memzero(storage, Self.count)
        unsafe storage.deallocate()
    }

    static func random() -> SecretKey {
        var bytes = SealedFile.random(count)
        defer { wipe(&bytes) }
        return SecretKey(bytes)
    }

    /// Reads 64 hexadecimal digits, with white space around them.
    /// - Parameter origin: how the sentence of the error begins; the text is never repeated.
    convenience init(hexadecimal text: String, from origin: String) throws {
        var digits = text.utf8.filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }.map(Self.value(ofDigit:))
        defer { wipe(&digits) }
        guard digits.count == Self.count * 2, digits.allSatisfy({ $0 < 16 }) else {
            throw SignalboxError(
                .configuration, "\(origin) does not hold a key: that is \(Self.count * 2) hexadecimal digits.",
                hint: SecretKeyPlace.rule)
        }
        var bytes = (0..<Self.count).map { digits[2 * $0] << 4 | digits[2 * $0 + 1] }
        defer { wipe(&bytes) }
        self.init(bytes)
    }

    /// As a file holds it.
    var hexadecimalLine: [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return withBytes { key in key.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] } } + [0x0A]
    }

    /// The bytes, for as long as the body takes.
    func withBytes<Result>(_ body: ([UInt8]) throws -> Result) rethrows -> Result {
        var bytes = (0..<Self.count).map { unsafe storage[$0] }
        defer { wipe(&bytes) }
        return try body(bytes)
    }

    private static func value(ofDigit byte: UInt8) -> UInt8 {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: .max
        }
    }
}

/// Overwrites bytes that are not needed any more.
func wipe(_ bytes: inout [UInt8]) {
    unsafe bytes.withUnsafeMutableBytes { unsafe sodium_memzero($0.baseAddress, $0.count) }
}
