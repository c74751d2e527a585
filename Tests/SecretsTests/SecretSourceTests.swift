import Core
import TestSupport
import Testing

@testable import Secrets

/// A secret is found where it is kept, at the moment it is used.
@Suite(.timeLimit(.minutes(1)))
struct SecretSourceTests {
    private let directory: TemporaryDirectory
    private let store: SecretStore

    init() throws {
        directory = try TemporaryDirectory()
        store = SecretStore(directory: directory.path)
        try store.set("STORED", to: "stored value", at: .now)
        try directory.write("file", "value of a file\r\n")
    }

    private func source(
        _ environment: [String: String] = [:], declared: [String: SecretReference] = [:]
    ) -> SecretSource {
        SecretSource(store: store, declared: declared) { environment[$0] }
    }

    @Test func `each place has its values`() async throws {
        let source = source(["KEY": "from variable"], declared: ["MINE": .file(directory.path + "/file")])
        #expect(try await source.value(of: .environment("KEY")) == "from variable")
        #expect(try await source.value(of: .file(directory.path + "/file")) == "value of a file")
        #expect(try await source.value(of: .secret("STORED")) == "stored value")
        #expect(try await source.value(of: .secret("MINE")) == "value of a file")
        #expect(try await source.text(.secret(.secret("STORED"), prefix: "Bearer ")) == "Bearer stored value")
        #expect(try await source.text(.literal("plain")) == "plain")
    }

    @Test func `a change is seen at the next use`() async throws {
        let source = source()
        #expect(try await source.value(of: .secret("STORED")) == "stored value")
        try store.set("STORED", to: "another value", at: .now)
        #expect(try await source.value(of: .secret("STORED")) == "another value")
        // The value that was used before may still come back from somewhere.
        let redactor = try await source.redactor()
        #expect(redactor.redact("stored value, another value") == "[secret STORED], [secret STORED]")
        try store.remove("STORED")
        await #expect(throws: SignalboxError.self) { try await source.value(of: .secret("STORED")) }
    }

    @Test(arguments: [
        (SecretReference.environment("UNSET"), "The environment variable UNSET is not set."),
        (.environment("BLANK"), "The environment variable BLANK is not set."),
        (.secret("STORE"), "There is no secret \"STORE\"."), (.file("/nonexistent"), "There is no file /nonexistent."),
    ])
    func `what is missing is named`(reference: SecretReference, message: String) async {
        let source = source(["BLANK": " \n", "STORE": "an environment is never looked into by itself"])
        let error = await #expect(throws: SignalboxError.self) { try await source.value(of: reference) }
        #expect(error?.code == .notFound && error?.message == message)
    }

    @Test func `what is too short to be hidden is no secret for plans`() async throws {
        let source = source(["PIN": "1234"], declared: ["PIN": .environment("PIN")])
        let error = await #expect(throws: SignalboxError.self) { try await source.values(of: ["STORED", "PIN"]) }
        #expect(error?.message.contains("PIN") == true && error?.description.contains("1234") == false)
    }

    @Test func `all secrets are hidden, used or not`() async throws {
        let source = source(["KEY": "from variable"], declared: ["DECLARED": .file(directory.path + "/file")])
        _ = try await source.value(of: .environment("KEY"))
        let redactor = try await source.redactor(rules: .none)
        #expect(
            redactor.redact("stored value|value of a file|from variable")
                == "[secret STORED]|[secret DECLARED]|[secret KEY]")
    }

    @Test func `nothing is shown when the store cannot be read`() async throws {
        try FileSystem.writeAtomically([1, 2, 3], to: directory.path + "/secrets")
        await #expect(throws: SignalboxError.self) { try await source().redactor() }
    }
}
