internal import Core

/// What is in the store, decrypted.
struct SecretContents {
    var members: [String: Member] = [:]

    struct Member {
        var value: String
        var setAt: Timestamp
    }

    /// Names, times and the escapes of JSON need some room beside the values.
    static let fileBytesMaximum = 8 * Limits.secretsBytesMaximum

    init() {}

    /// - Throws: `SignalboxError` with code `storage_error`.
    init(_ bytes: [UInt8]) throws {
        guard let object = try JSON(parsing: bytes).objectValue else { throw Self.unreadable }
        for (name, value) in object {
            guard let text = value["value"]?.stringValue, let time = value["set"]?.intValue else {
                throw Self.unreadable
            }
            members[name] = Member(value: text, setAt: Timestamp(millisecondsSinceEpoch: time))
        }
    }

    var bytes: [UInt8] {
        let sorted = members.sorted { $0.key < $1.key }
        return JSON.object(
            JSONObject(
                sorted.map { name, member in
                    (name, ["value": .string(member.value), "set": .int(member.setAt.millisecondsSinceEpoch)])
                })
        ).bytes
    }

    var entries: [SecretStore.Entry] {
        members.map { SecretStore.Entry(name: $0.key, setAt: $0.value.setAt) }.sorted { $0.name < $1.name }
    }

    var values: [String: String] { members.mapValues(\.value) }

    /// - Throws: `SignalboxError` with code `limit_exceeded`.
    func checkBounds() throws {
        guard members.count <= Limits.secretsMaximum else {
            throw SignalboxError(.limit, "There are at most \(Limits.secretsMaximum) secrets.")
        }
        guard members.values.reduce(0, { $0 + $1.value.utf8.count }) <= Limits.secretsBytesMaximum else {
            throw SignalboxError(
                .limit, "All secrets together have at most \(Limits.secretsBytesMaximum >> 20) MiB.")
        }
    }

    private static let unreadable = SignalboxError(
        .storage, "The secrets were written by another version of Signalbox.")
}
