import Core
import HTTPClient
import MCP
import TestSupport
import Testing

/// Servers that do wrong: the call they do it to fails and says who it was, and the next call works.
@Suite(.timeLimit(.minutes(2)))
struct HostileStdioTests {
    /// What is done wrong, and what the error says of it.
    static let faults: [(String, String)] = [
        ("crash", "its program ended with exit code 3"),
        ("signal", "its program was ended by signal 11"),
        ("close-output", "its program"),
        ("endless-line", "it sent a message of more than 16 MiB"),
        ("endless-message", "it sent a message of more than 16 MiB"),
        ("endless-notes", "it sent more than 10000 messages without answering"),
        ("endless-words", "it sent more than 10000 messages without answering"),
        ("wrong-id", "it answered a request that was never made (id 1"),
        ("text-id", "it answered a request that was never made (id \""),
        ("cut-json", "it sent what is not valid JSON"),
        ("not-utf8", "it sent what is not valid JSON"),
        ("deep", "it sent what is not valid JSON"),
        ("batch", "it sent array where a message should stand"),
        ("other-version", "it sent a message that is not JSON-RPC 2.0"),
        ("result-is-array", "it sent a result that is no object, but array"),
        ("error-without-code", "it sent an error without code or message"),
        ("error", "it answered with the error -32000: the key is •••"),
        ("content-is-text", "\"content\" of the result should be an array, but is of the type string"),
        ("unknown-content", "a content is of the unknown type \"smell\""),
        ("not-base64", "\"data\" of a content is not base64"),
        ("unknown-result-type", "it sent a result of the kind \"someday\""),
        ("nothing-required", "it requires input, but does not say which"),
        ("asks-for-model", "it asks for \"sampling/createMessage\", which it was not offered"),
        ("again-for-ever", "it wants to be called again more than 10 times"),
        ("request", "it sent the request \"roots/list\", which this revision forbids"),
        ("lies-about-schema", "its result does not fit its own outputSchema at /sum: \"sum\" must be an integer"),
        ("forgets-structure", "its result has no structuredContent, which its outputSchema promises"),
    ]

    @Test("One wrong answer fails one call", arguments: faults)
    func oneCallFails(fault: String, reason: String) async throws {
        let settings = [
            "it": Bench.script("hostile.py", fault, environment: ["KEY": "sesame-open"]),
            "other": Bench.script("hostile.py", "none"),
        ]
        try await Bench.with(settings) { connections, _ in
            let error = try #require(
                await #expect(throws: SignalboxError.self) { try await connections.call("go") })
            #expect(error.code == .upstream)
            #expect(error.message.hasPrefix("The tool \"go\" of the MCP server \"it\" failed: \(reason)"), "\(error)")
            #expect(!error.description.contains("sesame-open"))
            let good = try await connections.call("good").value
            #expect(good?.text.hasPrefix("good by ") == true)
            let other = try await connections.call(
                server: "other", tool: "go", arguments: [:], idempotencyKey: "k")
            #expect(other.value?.text == "gone")
        }
    }

    @Test func aCrashTellsTheLastWords() async throws {
        try await Bench.with(["it": Bench.script("hostile.py", "crash", environment: ["KEY": "sesame-open"])]) {
            connections, _ in
            let error = await #expect(throws: SignalboxError.self) { try await connections.call("go") }
            #expect(error?.hint == "Its last words on stderr: out of cheese, the key was •••")
        }
    }

    @Test("A call ends when its time is over", arguments: ["hang", "freeze"])
    func timeout(fault: String) async throws {
        try await Bench.with(["it": Bench.script("hostile.py", fault, timeoutMilliseconds: 300)]) { connections, _ in
            // The first call may need longer, since Python starts meanwhile.
            _ = try await retrying { try await connections.call("good") }
            let error = await #expect(throws: SignalboxError.self) { try await connections.call("go") }
            #expect(
                error?.message == "The tool \"go\" of the MCP server \"it\" failed: it did not answer within 300 ms.")
            #expect(error?.cause is MCPTimeout)
            let good = try await retrying { try await connections.call("good") }
            #expect(good.value?.text.hasPrefix("good by ") == true)
        }
    }

    private func retrying<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        while true {
            do {
                return try await body()
            } catch let error as SignalboxError where error.cause is MCPTimeout {
                continue
            }
        }
    }

    @Test("Words of a program between messages spoil nothing")
    func chatter() async throws {
        try await Bench.with(["it": Bench.script("hostile.py", "chatter")]) { connections, _ in
            let text = try await connections.call("go").value?.text
            #expect(text == "gone")
        }
    }

    @Test(
        "Lists that cannot be",
        arguments: [
            ("million-tools", "it has more than 1000 entries"), ("circle", "its list goes round in a circle"),
            ("tools-are-no-list", "\"tools\" of the list should be an array, but is of the type object"),
        ])
    func lists(fault: String, reason: String) async throws {
        try await Bench.with(["it": Bench.script("hostile.py", fault)]) { connections, _ in
            let error = await #expect(throws: SignalboxError.self) { try await connections.tools(of: "it") }
            #expect(error?.code == .upstream)
            #expect(error?.message == "The tools of the MCP server \"it\" cannot be listed: \(reason).")
        }
    }

    @Test func toolsThatCannotBeUsedAreLeftOut() async throws {
        let log = Gathered<MCPLogEntry>()
        try await Bench.with(["it": Bench.script("hostile.py", "one-bad-tool")], log: { log.append($0) }) {
            connections, _ in
            let names = try await connections.tools(of: "it").map(\.name)
            #expect(names == ["good", "go"])
            #expect(log.values.count == 5)
        }
    }

    @Test func pagesAreReadToTheEnd() async throws {
        try await Bench.with(["it": Bench.script("hostile.py", "pages")]) { connections, _ in
            let names = try await connections.tools(of: "it").map(\.name)
            #expect(names == ["go", "good"])
        }
    }

    @Test(
        "Revisions that are not spoken",
        arguments: [("future", [], "2027-01-01"), ("past", ["session"], "2024-11-05")] as [(String, [String], String)])
    func revisions(fault: String, words: [String], version: String) async throws {
        var settings = Bench.script("hostile.py", fault)
        if !words.isEmpty { settings = Bench.script("hostile.py", fault, words[0]) }
        try await Bench.with(["it": settings]) { connections, _ in
            let error = await #expect(throws: SignalboxError.self) { try await connections.tools(of: "it") }
            #expect(error?.message.contains("it speaks the revision \(version) of the protocol") == true)
            #expect(error?.hint?.contains("2026-07-28, 2025-11-25, 2025-06-18") == true)
        }
    }

    @Test(
        "Servers with sessions that do not take the question for the newest revision well",
        arguments: ["none", "needs-handshake", "ignores-probe"])
    func handshake(fault: String) async throws {
        try await Bench.with(["it": Bench.script("hostile.py", fault, "session")]) { connections, _ in
            let revision = try await connections.description(of: "it").revision
            #expect(revision == "2025-11-25")
            let text = try await connections.call("go").value?.text
            #expect(text == "gone")
        }
    }

    @Test func theOldestRevisionIsSpoken() async throws {
        try await Bench.with(["it": Bench.script("hostile.py", "older", "session")]) { connections, _ in
            let revision = try await connections.description(of: "it").revision
            #expect(revision == "2025-06-18")
            let text = try await connections.call("go").value?.text
            #expect(text == "gone")
        }
    }

    @Test("What a server with sessions asks of us is answered: pings, and no to models and directories")
    func requestsOfServers() async throws {
        try await Bench.with(["it": Bench.script("hostile.py", "asks", "session")]) { connections, _ in
            let replies = try await connections.call("go").value?.structuredContent
            #expect(replies?["ping"]?["result"] == [:])
            #expect(replies?["sampling/createMessage"]?["error"]?["code"] == -32601)
            #expect(replies?["roots/list"]?["error"]?["message"] == "Signalbox tells servers of no directories.")
        }
    }

    @Test("Nobody is asked when it cannot be told whose call a question belongs to")
    func questionsOfSeveralCalls() async throws {
        try await Bench.with(["it": Bench.script("hostile.py", "asks-person", "session")]) { connections, _ in
            let begun = Gathered<MCPProgress>()
            let waiting = Task { try await connections.call("wait") { begun.append($0) } }
            await begun.wait(for: 1)
            let replies = try await connections.call("go").value?.structuredContent
            #expect(replies?["elicitation/create"]?["result"] == ["action": "cancel"])
            waiting.cancel()
            guard case .inputRequired(let input) = try await connections.call("go") else {
                Issue.record("It did not ask.")
                return
            }
            let answers = try MCPAnswers([input.questions[0].key: .accept(["name": "Ada"])], to: input)
            let alone = try await connections.call("go", answers: answers).value?.structuredContent
            #expect(alone?["elicitation/create"]?["result"] == ["action": "accept", "content": ["name": "Ada"]])
        }
    }

    @Test func unknownNamesAreToldWithWhatThereIs() async throws {
        try await Bench.with(["it": Bench.script("hostile.py", "none")]) { connections, _ in
            let server = await #expect(throws: SignalboxError.self) { try await connections.tools(of: "its") }
            #expect(server?.code == .notFound)
            #expect(server?.hint == "did you mean \"it\"?")
            let tool = await #expect(throws: SignalboxError.self) { try await connections.call("goods") }
            #expect(tool?.code == .notFound)
            #expect(tool?.hint == "did you mean \"good\"?")
        }
    }

    @Test func aMissingProgramIsNamed() async throws {
        let settings = MCPServerSettings(transport: .stdio(command: ["no-such-program"]))
        try await Bench.with(["it": settings]) { connections, _ in
            let error = await #expect(throws: SignalboxError.self) { try await connections.call("go") }
            #expect(error?.code == .upstream)
            #expect(error?.message.contains("\"no-such-program\" was not found") == true)
        }
    }
}
