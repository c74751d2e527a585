import Core
import Plans
import Synchronization
import Testing

@testable import Providers

/// Answers that are computed from what the step was given.
@Suite(.timeLimit(.minutes(1)))
struct ScriptProviderTests {
    static let clerk = """
        answers:
          - when: size(steps.check.output.duplicates) > 0
            text: |
              ${{ size(steps.check.output.duplicates) }} duplicates in ${{ inputs.month }}:
              ${{ steps.check.output.duplicates.map(d, "- " + d.number + " from " + d.vendor).join("\\n") }}
            delay: 300ms
            tokens: { input: 812, output: 96 }
          - when: ${{ prompt.startsWith("ping") && system == "echo" }}
            text: ${{ agent }} heard ${{ prompt }}
          - when: prompt == "list"
            text: "${{ [1, 2] }}"
          - when: prompt == "fail"
            text: ${{ steps.missing.output }}
          - when: prompt == "null"
            text: ${{ null }}
          - when: inputs.month
            text: never
          - text: Nothing to report.
        """

    private func request(_ prompt: String, duplicates: JSON = []) -> ModelRequest {
        ModelRequest(
            model: ModelName(provider: "script", model: "clerk.yaml"), system: "echo",
            messages: [Message(.user, prompt)],
            context: [
                "agent": "clerk", "inputs": ["month": "May"],
                "steps": ["check": ["output": ["duplicates": duplicates]]],
            ])
    }

    private func respond(to request: ModelRequest, script: String = clerk) async throws -> ModelResponse {
        try await ScriptProvider(ScriptReader.read(text: script, path: "clerk.yaml")) { _ in }
            .respond(to: request) { _ in }
    }

    static let duplicates: JSON = [
        ["number": "R-7", "vendor": "Weber & Söhne"], ["number": "1042", "vendor": "Nordlicht"],
    ]

    @Test func computesItsAnswer() async throws {
        let response = try await respond(to: request("Summarise", duplicates: Self.duplicates))
        #expect(response.text == "2 duplicates in May:\n- R-7 from Weber & Söhne\n- 1042 from Nordlicht\n")
        #expect(response.usage == TokenUsage(input: 812, output: 96))
        #expect(response.isScripted)
        #expect(response.responseModel == "clerk.yaml")
        #expect(response.stopReason == .end)
    }

    @Test func takesTheFirstAnswerThatFits() async throws {
        #expect(try await respond(to: request("ping 1")).text == "clerk heard ping 1")
        #expect(try await respond(to: request("list")).text == "[1,2]")
    }

    @Test func estimatesTokensThatAreNotGiven() async throws {
        let usage = try #require(try await respond(to: request("ping 1")).usage)
        #expect(usage == TokenUsage(input: 3, output: 5), "\"echo\\nping 1\" and the answer")
    }

    @Test func tellsADelayedAnswerInPieces() async throws {
        let pauses = Mutex<[Duration]>([])
        let pieces = Mutex<[String]>([])
        let script = try ScriptReader.read(text: Self.clerk, path: "clerk.yaml")
        let provider = ScriptProvider(script) { pause in pauses.withLock { $0.append(pause) } }
        let response = try await provider.respond(to: request("Summarise", duplicates: Self.duplicates)) { event in
            if case .text(let text) = event { pieces.withLock { $0.append(text) } }
        }
        #expect(pieces.withLock(\.count) == 7)
        #expect(pieces.withLock { $0.joined() } == response.text)
        #expect(pauses.withLock(\.count) == 7)
        let total = pauses.withLock { $0.reduce(.zero, +) }
        #expect(total > .milliseconds(299) && total <= .milliseconds(300))
    }

    @Test(arguments: [
        ("fail", "\"steps.missing.output\"", 13, 11), ("null", "null", 15, 11),
        ("other", "\"inputs.month\" is neither true nor false", 16, 11),
    ])
    func namesThePlaceOfAMistake(_ prompt: String, _ message: String, _ line: Int, _ column: Int) async throws {
        let error = await #expect(throws: SignalboxError.self) { try await respond(to: request(prompt)) }
        #expect(error?.code == .expression)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
        #expect(error?.place == .source(file: "clerk.yaml", line: line, column: column))
    }

    @Test func saysThatNoAnswerFits() async throws {
        let error = await #expect(throws: SignalboxError.self) {
            try await respond(to: request("x"), script: "answers: [{ when: false, text: a }]")
        }
        #expect(error?.message == "No answer of the script clerk.yaml fits this request.")
        #expect(error?.hint == "Add a last answer without \"when\".")
    }

    @Test func stopsWhenItIsCancelled() async throws {
        let script = try ScriptReader.read(text: "answers: [{ text: a b c, delay: 1h }]", path: "s.yaml")
        let (started, continuation) = AsyncStream.makeStream(of: Void.self)
        let provider = ScriptProvider(script) { duration in
            continuation.yield()
            try await Task.sleep(for: duration)
        }
        let request = request("x")
        let task = Task { try await provider.respond(to: request) { _ in } }
        for await _ in started { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
