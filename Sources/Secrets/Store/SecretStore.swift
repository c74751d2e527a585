public import Core

/// Values by name, encrypted in the data directory. Several processes may use it at once: each change replaces the whole
/// file, and whoever reads sees the file before or after it. All of it blocks.
public struct SecretStore: Sendable {
    private let directory: String
    private let keyPlace: SecretKeyPlace

    /// A secret without its value.
    public struct Entry: Sendable, Hashable {
        public var name: String
        public var setAt: Timestamp
    }

    /// The store of a data directory; nothing is made before the first secret.
    public init(directory: String, key: SecretKeyPlace = .ownFile) {
        self.directory = directory
        keyPlace = key
    }

    private var file: String { directory + "/secrets" }

    /// Whether there has ever been a secret. Looks at one entry of a directory and no more.
    var isThere: Bool { FileSystem.exists(file) }

    /// The names, sorted.
    /// - Throws: `SignalboxError`: `storage_error` when the file was changed or the key is missing.
    public func entries() throws -> [Entry] { try read().entries }

    /// All values by name.
    /// - Throws: as `entries` does.
    public func values() throws -> [String: String] { try read().values }

    /// Looks whether the key is there, and opens what is stored.
    /// - Throws: `SignalboxError` that says what to do: `not_found`, `invalid_configuration`, `storage_error`.
    public func checkKey() throws {
        let key = try keyPlace.key(in: directory)
        guard FileSystem.exists(file) else { return }
        guard let key else {
            throw SignalboxError(
                .notFound, "The key of the secrets that \(file) holds would not be known any more.",
                hint: "Copy it to \(directory)/\(SecretKeyPlace.ownFileName), with the permissions 600; or remove the "
                    + "stored secrets first.")
        }
        guard
            var bytes = SealedFile.open(try FileSystem.read(file, maximum: SecretContents.fileBytesMaximum), with: key)
        else {
            throw SignalboxError(
                .configuration, "The secrets that \(file) holds were encrypted with another key.",
                hint: "Copy that key to the new place, with the permissions 600; or remove the stored secrets first.")
        }
        wipe(&bytes)
    }

    /// Keeps a value under a name.
    /// - Returns: whether there was one of that name.
    /// - Throws: `SignalboxError`: `invalid_input` for a name or a value that cannot be kept, `limit_exceeded`,
    ///   `storage_error`.
    @discardableResult
    public func set(_ name: String, to value: String, at time: Timestamp) throws -> Bool {
        guard SecretName.isValid(name) else {
            throw SignalboxError(
                .invalidInput, "\"\(name.prefix(80))\" cannot be the name of a secret.",
                hint: "A name is \(SecretName.rule).")
        }
        try Self.check(value)
        try FileSystem.createDirectory(directory)
        return try change { contents in
            let isReplaced = contents.members[name] != nil
            contents.members[name] = SecretContents.Member(value: value, setAt: time)
            try contents.checkBounds()
            return isReplaced
        }
    }

    /// Forgets a value.
    /// - Throws: `SignalboxError`: `not_found`, `storage_error`.
    public func remove(_ name: String) throws {
        guard FileSystem.exists(file) else { throw Self.unknown(name, among: []) }
        try change { contents in
            guard contents.members.removeValue(forKey: name) != nil else {
                throw Self.unknown(name, among: contents.entries.map(\.name))
            }
        }
    }

    /// What is said about a name that nobody has set.
    static func unknown(_ name: String, among known: [String]) -> SignalboxError {
        let isName = SecretName.isValid(name)
        return SignalboxError(
            .notFound, "There is no secret \"\(name.prefix(80))\".",
            hint: Suggestion.nearest(to: name, in: known).map { "Did you mean \"\($0)\"?" }
                ?? (isName ? "Set it with: signalbox secrets set \(name)" : nil))
    }

    /// Refuses what cannot be kept, or could not be hidden.
    static func check(_ value: String) throws {
        let count = value.utf8.count
        guard count >= Limits.secretBytesMinimum else {
            throw SignalboxError(
                .invalidInput, "A secret has at least \(Limits.secretBytesMinimum) bytes; this one has \(count).",
                hint: "What is shorter could not be told from ordinary text, and so not be hidden where it turns up.")
        }
        guard count <= Limits.secretBytesMaximum else {
            throw SignalboxError(.limit, "A secret has at most \(Limits.secretBytesMaximum) bytes.")
        }
        guard !value.utf8.contains(0) else {
            throw SignalboxError(.invalidInput, "A secret is a text without NUL characters.")
        }
    }

    private func read() throws -> SecretContents {
        guard FileSystem.exists(file) else { return SecretContents() }
        let sealed = try FileSystem.read(file, maximum: SecretContents.fileBytesMaximum)
        guard let key = try keyPlace.key(in: directory) else {
            throw SignalboxError(
                .storage, "The secrets of \(directory) cannot be read: their key, secrets.key, is missing.",
                hint: "Put the key back. If it is lost, remove \(file) and set the secrets again.")
        }
        guard var bytes = SealedFile.open(sealed, with: key) else {
            throw SignalboxError(
                .storage, "\(file) cannot be decrypted: it was changed, or its key is another one.",
                hint:
                    "Put file and key (\(keyPlace.words(in: directory))) back as they were. If they are lost, remove the file "
                    + "and set the secrets again."
            )
        }
        defer { wipe(&bytes) }
        return try SecretContents(bytes)
    }

    private func change<Result>(_ body: (inout SecretContents) throws -> Result) throws -> Result {
        try FileSystem.withExclusiveAccess(to: directory) {
            var contents = try read()
            let result = try body(&contents)
            var bytes = contents.bytes
            defer { wipe(&bytes) }
            let key = try keyPlace.keyOrNew(in: directory)
            try FileSystem.writeAtomically(SealedFile.seal(bytes, with: key), to: file)
            return result
        }
    }
}
