import Core
import MCP
import Plans
import TestSupport
import Testing

/// A server built with the official package, reached in each way that there is.
@Suite(.timeLimit(.minutes(2)))
struct OfficialServerTests {
    @Test("Each way gives all that the server offers", arguments: Workshop.allCases)
    func offers(way: Workshop) async throws {
        try await way.with { connections in
            try await self.describes(connections, way)
            try await self.tools(connections)
            try await self.calls(connections)
            try await self.resources(connections)
            try await self.prompts(connections)
        }
    }

    private func describes(_ connections: MCPConnections, _ way: Workshop) async throws {
        let description = try await connections.description(of: "it")
        #expect(description.revision == (way.hasSessions ? "2025-11-25" : "2026-07-28"))
        #expect(description.softwareName == "workshop")
        #expect(description.softwareVersion == "7.1")
        #expect(description.instructions == "Add numbers with add.")
    }

    private func tools(_ connections: MCPConnections) async throws {
        let tools = try await connections.tools(of: "it")
        let add = try #require(tools.first { $0.name == "add" })
        #expect(add.title == "Add")
        #expect(add.summary == "Adds two numbers.")
        #expect(add.inputSchema["required"] == ["a", "b"])
        #expect(add.outputSchema?["required"] == ["sum"])
        #expect(add.annotations == MCPToolAnnotations(readOnlyHint: true, idempotentHint: true))
    }

    private func calls(_ connections: MCPConnections) async throws {
        let sum = try await connections.call("add", ["a": 2, "b": 40]).value
        #expect(sum?.structuredContent == ["sum": 42])
        #expect(sum?.isError == false)
        let failure = try await connections.call("fail").value
        #expect(failure?.isError == true)
        #expect(failure?.text.contains("Error executing tool fail") == true)
        let wrong = try await connections.call("add", ["a": "two"]).value
        #expect(wrong?.isError == true)
    }

    private func resources(_ connections: MCPConnections) async throws {
        let resources = try await connections.resources(of: "it")
        #expect(resources.map(\.uri) == ["note://first"])
        #expect(resources.first?.mediaType == "text/plain")
        let templates = try await connections.resourceTemplates(of: "it")
        #expect(templates.map(\.uriTemplate) == ["note://{name}/bytes"])
        let first = try await connections.readResource(server: "it", uri: "note://first").value
        #expect(first?.first?.content == .text("the first note"))
        let bytes = try await connections.readResource(server: "it", uri: "note://abc/bytes").value
        #expect(bytes?.first?.content == .blob("YWJj"))
        let error = await #expect(throws: SignalboxError.self) {
            try await connections.readResource(server: "it", uri: "note://none")
        }
        #expect(error?.code == .upstream)
        #expect(
            error?.message.hasPrefix("The resource \"note://none\" of the MCP server \"it\" cannot be read") == true
        )
    }

    private func prompts(_ connections: MCPConnections) async throws {
        let prompts = try await connections.prompts(of: "it")
        #expect(prompts.map(\.name) == ["greet"])
        #expect(prompts.first?.arguments.first?.isRequired == true)
        let text = try await connections.getPrompt(server: "it", name: "greet", arguments: ["name": "Ada"]).value
        #expect(text?.messages.map(\.role) == [.user])
        #expect(text?.messages.first?.content == .text("Greet Ada."))
    }

    @Test(arguments: [Workshop.stdio, .stream, .json, .earlierStdio, .earlierJSON])
    func givesEachKindOfContent(way: Workshop) async throws {
        let content = try await way.with { try await $0.call("show").value?.content }
        try #require(content?.count == 5)
        #expect(content?[0] == .text("text"))
        guard case .image(let data, "image/png")? = content?[1] else {
            Issue.record("no image: \(String(describing: content?[1]))")
            return
        }
        #expect(data.hasPrefix("iVBORw0KGgo"))
        #expect(content?[2] == .audio(data: "UklGRg==", mediaType: "audio/wav"))
        guard case .resource(let inside)? = content?[3] else {
            Issue.record("no resource: \(String(describing: content?[3]))")
            return
        }
        #expect(inside.content == .text("inside"))
        #expect(content?[4] == .resourceLink(MCPResource(uri: "note://2", name: "second", mediaType: "text/plain")))
    }

    @Test(arguments: Workshop.allCases.filter(\.hasNotes))
    func tellsProgress(way: Workshop) async throws {
        let progress = Gathered<MCPProgress>()
        let text = try await way.with {
            try await $0.call("count", ["to": 3]) { progress.append($0) }.value?.text
        }
        #expect(text == "counted to 3")
        #expect(progress.values == (1...3).map { MCPProgress(progress: Double($0), total: 3, message: "step \($0)") })
    }

    @Test(arguments: [
        Workshop.stdio, .stdioWithSessions, .stream, .streamWithSessions, .earlierStdio, .earlierStream,
    ])
    func logs(way: Workshop) async throws {
        let log = Gathered<MCPLogEntry>()
        try await way.with(logLevel: "info", log: { log.append($0) }) {
            let text = try await $0.call("speak").value?.text
            #expect(text == "spoken")
            await log.wait(for: 1)
        }
        #expect(log.values == [MCPLogEntry(server: "it", level: "info", data: "said on the side")])
    }

    @Test(
        "Ending the task ends the call at the server",
        arguments: [
            Workshop.stdio, .stdioWithSessions, .stream, .streamWithSessions, .earlierStdio, .earlierStream,
        ])
    func cancellation(way: Workshop) async throws {
        try await way.with { connections in
            let begun = Gathered<MCPProgress>()
            let call = Task { try await connections.call("hang") { begun.append($0) } }
            await begun.wait(for: 1)
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
            let text = try await connections.call("await_cancellation").value?.text
            #expect(text == "cancelled")
        }
    }

    @Test("What takes too long is cancelled as well", arguments: [Workshop.stdio, .stream, .earlierStdio])
    func timeout(way: Workshop) async throws {
        try await way.with(timeoutMilliseconds: 4_000) { connections in
            let error = await #expect(throws: SignalboxError.self) { try await connections.call("hang") }
            #expect(error?.cause is MCPTimeout)
            let text = try await connections.call("await_cancellation").value?.text
            #expect(text == "cancelled")
        }
    }

    @Test(arguments: Workshop.allCases.filter(\.canAsk))
    func asksPeople(way: Workshop) async throws {
        try await way.with { connections in
            guard case .inputRequired(let input) = try await connections.call("send", ["what": "a letter"]) else {
                Issue.record("It did not ask.")
                return
            }
            #expect(input.isHeld == way.hasSessions)
            let question = try #require(input.questions.first)
            #expect(question.message == "Where to?")
            let fields = try question.fields
            #expect(fields.map(\.name) == ["street", "number"])
            #expect(fields.map(\.isRequired) == [true, false])

            // As it would come out of the journal.
            let kept = try #require(MCPInputRequired(try JSON(parsing: input.json.bytes)))
            #expect(kept == input)
            #expect(throws: SignalboxError.self) { try MCPAnswers([question.key: .accept(["number": 4])], to: kept) }
            let answers = try MCPAnswers([question.key: .accept(["street": "Long Lane", "number": 4])], to: kept)
            let text = try await connections.call("send", ["what": "a letter"], answers: answers).value?.text
            #expect(text == "a letter to Long Lane 4")
        }
    }

    @Test("A person may decline", arguments: [Workshop.stdio, .stdioWithSessions, .earlierStdio])
    func declined(way: Workshop) async throws {
        try await way.with { connections in
            guard case .inputRequired(let input) = try await connections.call("send", ["what": "a letter"]) else {
                Issue.record("It did not ask.")
                return
            }
            let answers = try MCPAnswers([input.questions[0].key: .decline], to: input)
            let result = try await connections.call("send", ["what": "a letter"], answers: answers).value
            #expect(result?.isError == true)
        }
    }

    @Test func anAnswerThatComesTooLateIsTold() async throws {
        let input = try await Workshop.stdioWithSessions.with { connections in
            guard case .inputRequired(let input) = try await connections.call("send", ["what": "x"]) else {
                throw SignalboxError(.internal, "It did not ask.")
            }
            return input
        }
        try await Workshop.stdioWithSessions.with { connections in
            let answers = try MCPAnswers([:], to: input)
            let error = await #expect(throws: SignalboxError.self) {
                try await connections.call("send", ["what": "x"], answers: answers)
            }
            #expect(error?.code == .gone)
        }
    }

    @Test("A new tool is seen at once", arguments: Workshop.allCases.filter(\.hearsChanges))
    func listChanged(way: Workshop) async throws {
        try await way.with { connections in
            let before = try await connections.tools(of: "it").map(\.name)
            #expect(!before.contains("learned"))
            let learned = try await connections.call("learn").value?.text
            #expect(learned == "learned")
            var after = before
            while !after.contains("learned") {
                try Task.checkCancellation()
                after = try await connections.tools(of: "it").map(\.name)
            }
            let text = try await connections.call("learned").value?.text
            #expect(text == "I know")
        }
    }

    @Test(
        "Calls at the same time do not wait for one another",
        arguments: [Workshop.stdio, .stream, .streamWithSessions, .earlierStream])
    func parallel(way: Workshop) async throws {
        try await way.with { connections in
            let sums = try await withThrowingTaskGroup(of: JSON?.self) { group in
                for number in Int64(0)..<50 {
                    group.addTask {
                        try await connections.call("add", ["a": .int(number), "b": 1]).value?.structuredContent?["sum"]
                    }
                }
                return try await group.reduce(into: Set<JSON?>()) { $0.insert($1) }
            }
            #expect(sums == Set((1...50).map { JSON.int($0) }))
        }
    }
}
