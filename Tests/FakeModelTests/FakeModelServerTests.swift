import Core
import FakeModel
import HTTPClient
import Testing

/// What every interface does, over real sockets.
@Suite(.timeLimit(.minutes(1)))
struct FakeModelServerTests {
    @Test(arguments: Interface.allCases, [false, true])
    func echoes(_ interface: Interface, streamed: Bool) async throws {
        try await FakeModelServer.serving { server in
            let answer = try await interface.ask(server, "Good  morning,\nDóra \u{1F600}", streamed: streamed)
            #expect(answer.status == 200)
            let text =
                streamed
                ? try events(of: answer.body).map(interface.delta).joined()
                : interface.text(of: try JSON(parsing: answer.body))
            #expect(text == "Good  morning,\nDóra \u{1F600}")
        }
    }

    @Test(arguments: Interface.allCases)
    func givesTheFirstAnswerThatFits(_ interface: Interface) async throws {
        let script = try FakeScript(
            parsing: """
                answers:
                  - { when: 'prompt == "once"', repeat: 1, text: first }
                  - { when: 'prompt.startsWith("o")', text: "${{ prompt }} of ${{ model }}, turn ${{ turn }}" }
                """, path: "s.yaml")
        try await FakeModelServer.serving(script) { server in
            for expected in ["first", "once of any, turn 1"] {
                let answer = try await interface.ask(server, "once")
                let text = interface.text(of: try JSON(parsing: answer.body))
                #expect(text == expected)
            }
            let unfit = try await interface.ask(server, "else")
            #expect(unfit.status == 400)
            #expect(String(decoding: unfit.body, as: UTF8.self).contains("No answer of the script s.yaml fits"))
        }
    }

    @Test(arguments: Interface.allCases)
    func refusesAsTheScriptSays(_ interface: Interface) async throws {
        let script = try FakeScript(
            parsing: """
                answers:
                  - status: 529
                    headers: { retry-after: 2, x-more: "${{ prompt }}" }
                    error: { message: Too much, extra: 1 }
                """, path: "s.yaml")
        try await FakeModelServer.serving(script) { server in
            let answer = try await interface.ask(server, "hello", streamed: true)
            #expect(answer.status == 529)
            #expect(answer.headers["retry-after"] == "2")
            #expect(answer.headers["x-more"] == "hello")
            let error = try JSON(parsing: answer.body)["error"]
            #expect(error?["message"] == "Too much")
            #expect(error?["extra"] == 1)
        }
    }

    @Test(arguments: Interface.allCases, [0, 1, 100])
    func cutsTheConnection(_ interface: Interface, after count: Int) async throws {
        let script = try FakeScript(
            parsing: "answers: [{ text: one two three four five, cut_after_bytes: \(count) }]", path: "s.yaml")
        try await FakeModelServer.serving(script) { server in
            let request = ClientRequest(
                "POST", interface.url(server, streamed: true), headers: ["anthropic-version": "1"],
                body: interface.body("?", streamed: true).bytes)
            let response = try await testClient.send(request)
            var received = 0
            let error = await #expect(throws: SignalboxError.self) {
                for try await chunk in response.body { received += chunk.count }
            }
            #expect(error?.code == .upstream)
            #expect(received == count)
        }
    }

    @Test(arguments: Interface.allCases)
    func sendsWhatIsMalformed(_ interface: Interface) async throws {
        let script = try FakeScript(parsing: "answers: [{ malformed: \"data: {oh\\n\\n\" }]", path: "s.yaml")
        try await FakeModelServer.serving(script) { server in
            let answer = try await interface.ask(server, "?", streamed: true)
            #expect(answer.headers["Content-Type"]?.hasPrefix("text/event-stream") == true)
            #expect(String(decoding: answer.body, as: UTF8.self) == "data: {oh\n\n")
        }
    }

    @Test(arguments: Interface.allCases)
    func breaksAStreamOffWithAnError(_ interface: Interface) async throws {
        let script = try FakeScript(
            parsing: "answers: [{ text: one two, error: { message: Broken off } }]", path: "s.yaml")
        try await FakeModelServer.serving(script) { server in
            let events = try events(of: try await interface.ask(server, "?", streamed: true).body)
            #expect(events.map(interface.delta).joined() == "one two")
            let last = try #require(events.last)
            #expect((last["error"]?["message"] ?? last["message"]) == "Broken off")
        }
    }

    @Test(arguments: Interface.allCases)
    func takesItsTime(_ interface: Interface) async throws {
        let script = try FakeScript(
            parsing: "answers: [{ text: one two three, first_byte_delay: 30ms, pause_between: 5ms, delay: 30ms }]",
            path: "s.yaml")
        try await FakeModelServer.serving(script) { server in
            let started = ContinuousClock.now
            let answer = try await interface.ask(server, "?", streamed: true)
            #expect(ContinuousClock.now - started >= .milliseconds(60))
            let text = try events(of: answer.body).map(interface.delta).joined()
            #expect(text == "one two three")
        }
    }

    @Test(arguments: [(Interface.chat, 401), (.responses, 401), (.messages, 401), (.gemini, 403)])
    func wantsItsKey(_ interface: Interface, _ status: Int) async throws {
        try await FakeModelServer.serving(key: "secret") { server in
            let refused = try await interface.ask(server, "?")
            #expect(refused.status == status)
            let keys: ClientHeaders = [
                "Authorization": "Bearer secret", "x-api-key": "secret", "x-goog-api-key": "secret",
            ]
            let admitted = try await interface.ask(server, "?", headers: keys)
            #expect(admitted.status == 200)
            #expect(server.requests.map(\.status) == [status, 200])
            #expect(server.requests.allSatisfy { !$0.headers.values.contains { $0.contains("secret") } })
        }
    }

    @Test(arguments: Interface.allCases)
    func remembersWhatWasAsked(_ interface: Interface) async throws {
        try await FakeModelServer.serving { server in
            _ = try await interface.ask(server, "remember me")
            let kept = try #require(server.requests.first)
            #expect(kept.method == "POST")
            let body = try JSON(parsing: kept.body)
            #expect(body == interface.body("remember me", streamed: false))
            let request = ClientRequest("GET", server.address + "/fake/times")
            let times = try await testClient.send(request).collect(bytesMaximum: 1 << 20)
            let turn = try JSON(parsing: times)["turns"]?[0]
            #expect(turn?["conversation"] == "remember me")
            #expect(turn?["turn"] == 1)
        }
    }
}
