import Core
import TestSupport
import Testing

@testable import Secrets

/// Values are kept, hidden on the disk, and changes to the files are noticed.
@Suite(.timeLimit(.minutes(1)))
struct SecretStoreTests {
    private let directory: TemporaryDirectory
    private let store: SecretStore
    private let now = Timestamp(millisecondsSinceEpoch: 1_700_000_000_000)

    init() throws {
        directory = try TemporaryDirectory()
        store = SecretStore(directory: directory.path + "/data")
    }

    private var file: String { directory.path + "/data/secrets" }
    private var keyFile: String { directory.path + "/data/secrets.key" }

    @Test func `what was set is found again, by its name`() throws {
        #expect(try store.entries().isEmpty)
        #expect(!FileSystem.exists(directory.path + "/data"))
        #expect(try !store.set("B_TOKEN", to: "value of b", at: now))
        #expect(try !store.set("a", to: "line one\nline two ü", at: now))
        #expect(try store.set("a", to: "another value", at: now))
        #expect(try store.values() == ["a": "another value", "B_TOKEN": "value of b"])
        #expect(try store.entries().map(\.name) == ["B_TOKEN", "a"])
        #expect(try store.entries().first?.setAt == now)
        try store.remove("a")
        #expect(try SecretStore(directory: directory.path + "/data").values() == ["B_TOKEN": "value of b"])
    }

    @Test func `neither names nor values stand on the disk, and others cannot read it`() throws {
        try store.set("TOKEN_NAME", to: "plain value", at: now)
        for path in [file, keyFile] {
            #expect(FileSystem.permissions(path) == 0o600)
            let text = String(decoding: try FileSystem.read(path), as: UTF8.self)
            #expect(!text.contains("plain value") && !text.contains("TOKEN_NAME"))
        }
        let before = try FileSystem.read(file)
        try store.set("TOKEN_NAME", to: "plain value", at: now)
        #expect(try FileSystem.read(file) != before, "The same contents are never sealed twice alike.")
    }

    @Test(arguments: [0, 5, 19, 20, 43, 44, 60, -1])
    func `a byte that was changed is noticed`(place: Int) throws {
        try store.set("TOKEN", to: "some value", at: now)
        var bytes = try FileSystem.read(file)
        bytes[place < 0 ? bytes.count - 1 : place] ^= 1
        try FileSystem.writeAtomically(bytes, to: file)
        let error = #expect(throws: SignalboxError.self) { try store.values() }
        #expect(error?.code == .storage && error?.message.contains("was changed") == true)
        // Nor is it replaced by a new one.
        #expect(throws: SignalboxError.self) { try store.set("OTHER", to: "other value", at: now) }
        #expect(try FileSystem.read(file) == bytes)
    }

    @Test(arguments: [0, 1, 30, 59]) func `a file that was cut off is noticed`(count: Int) throws {
        try store.set("TOKEN", to: "some value", at: now)
        try FileSystem.writeAtomically(Array(try FileSystem.read(file).prefix(count)), to: file)
        #expect(throws: SignalboxError.self) { try store.values() }
    }

    @Test func `a key that is lost, exchanged or open to others is told`() throws {
        try store.set("TOKEN", to: "some value", at: now)
        let key = try FileSystem.read(keyFile)
        FileSystem.remove(keyFile)
        #expect(#expect(throws: SignalboxError.self) { try store.values() }?.message.contains("missing") == true)
        #expect(throws: SignalboxError.self) { try store.set("B", to: "some value", at: now) }
        #expect(!FileSystem.exists(keyFile), "No new key is made beside secrets that it cannot open.")
        try directory.write("data/secrets.key", String(repeating: "0a", count: 32))
        #expect(#expect(throws: SignalboxError.self) { try store.values() }?.message.contains("decrypted") == true)
        FileSystem.remove(keyFile)
        try directory.write("data/secrets.key", "not a key")
        #expect(#expect(throws: SignalboxError.self) { try store.values() }?.message.contains("64 hex") == true)
        FileSystem.remove(keyFile)
        try directory.write("data/secrets.key", key, mode: 0o644)
        let open = #expect(throws: SignalboxError.self) { try store.values() }
        #expect(open?.hint == "chmod 600 \(keyFile)")
        try FileSystem.makePrivate(keyFile)
        #expect(try store.values() == ["TOKEN": "some value"])
    }

    @Test func `a key may be kept elsewhere`() throws {
        let key = String(repeating: "5f", count: 32)
        try directory.write("key", key + "\n")
        let byFile = SecretStore(directory: directory.path + "/data", key: .file(directory.path + "/key"))
        try byFile.set("TOKEN", to: "some value", at: now)
        #expect(!FileSystem.exists(keyFile))
        let data = directory.path + "/data"
        #expect(try SecretStore(directory: data, key: .text(key.uppercased(), variable: "V")).values().count == 1)
        let wrong = #expect(throws: SignalboxError.self) {
            try SecretStore(directory: data, key: .text("5f5f-secret", variable: "V")).values()
        }
        #expect(wrong?.message.contains("variable V") == true && wrong?.description.contains("5f5f") == false)
        let absent = #expect(throws: SignalboxError.self) {
            try SecretStore(directory: data, key: .file(data + "/none")).values()
        }
        #expect(absent?.code == .notFound)
    }

    @Test(arguments: ["", "1a", "a-b", "a.b", "é", "a b", "../x", String(repeating: "a", count: 65)])
    func `names are checked`(name: String) {
        let error = #expect(throws: SignalboxError.self) { try store.set(name, to: "some value", at: now) }
        #expect(error?.code == .invalidInput)
    }

    @Test(arguments: ["", "1234567", "12345678\0", String(repeating: "x", count: Limits.secretBytesMaximum + 1)])
    func `values are checked, and never repeated`(value: String) {
        let error = #expect(throws: SignalboxError.self) { try store.set("TOKEN", to: value, at: now) }
        #expect(value.isEmpty || error?.description.contains(value) == false)
        #expect(!FileSystem.exists(file))
    }

    @Test func `all together are bounded`() throws {
        var contents = SecretContents()
        let value = String(repeating: "x", count: Limits.secretBytesMaximum)
        for number in 0..<Limits.secretsBytesMaximum / Limits.secretBytesMaximum {
            contents.members["S\(number)"] = SecretContents.Member(value: value, setAt: now)
        }
        try contents.checkBounds()
        contents.members["MORE"] = SecretContents.Member(value: "some value", setAt: now)
        #expect(#expect(throws: SignalboxError.self) { try contents.checkBounds() }?.code == .limit)
        contents.members = [:]
        for number in 0...Limits.secretsMaximum {
            contents.members["S\(number)"] = SecretContents.Member(value: "some value", setAt: now)
        }
        #expect(#expect(throws: SignalboxError.self) { try contents.checkBounds() }?.code == .limit)
    }

    @Test func `what is not there cannot be removed`() throws {
        #expect(#expect(throws: SignalboxError.self) { try store.remove("TOKEN") }?.code == .notFound)
        try store.set("TOKEN", to: "some value", at: now)
        #expect(#expect(throws: SignalboxError.self) { try store.remove("TOKNE") }?.hint == "Did you mean \"TOKEN\"?")
    }

    @Test func `writers at the same time lose nothing`() async throws {
        try store.set("FIRST", to: "some value", at: now)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<16 {
                group.addTask {
                    _ = try await onOwnThread("writer") {
                        try store.set("N\(number)", to: "a value, \(number)", at: now)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try store.entries().count == 17)
        #expect(try FileSystem.names(in: directory.path + "/data") == ["secrets", "secrets.key"])
    }
}
