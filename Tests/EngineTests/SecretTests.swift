import Core
import Testing

@testable import Engine

/// Marks stand for secrets in what a step is given; the journal shows names alone, and nobody else can write a mark.
@Suite(.timeLimit(.minutes(1)))
struct SecretTests {
    private static let plan = """
        inputs: { text: string }
        steps:
          send:
            command: [send, "${{ inputs.text }}", "Bearer ${{ secrets.TOKEN }}"]
            env: { KEY: "${{ secrets.KEY }}" }
            repeatable: true
            {{rules}}
        """

    private func task(_ rules: String = "") throws -> TestTask {
        var task = try TestTask(
            Self.plan.replacing("{{rules}}", with: rules.isEmpty ? "on_error: fail" : rules),
            inputs: ["text": "[secret TOKEN]"])
        try task.start("send")
        return task
    }

    private let values = ["TOKEN": "the token's value", "KEY": "the key's value"]

    @Test func `an executor puts the values in, and the journal has names`() throws {
        let task = try task()
        let work = try #require(task.work)
        #expect(work.secrets.names == ["KEY", "TOKEN"])
        #expect(
            work.revealing(values).call.json == [
                "arguments": ["send", "[secret TOKEN]", "Bearer the token's value"],
                "environment": ["KEY": "the key's value"],
            ])
        #expect(
            task.payload(.stepStarted)?["input"] == [
                "arguments": ["send", "[secret TOKEN]", "Bearer [secret TOKEN]"],
                "environment": ["KEY": "[secret KEY]"],
            ])
    }

    @Test func `a mark of one run means nothing in what another one is given`() throws {
        var first = SecretMarks(["TOKEN"], seeing: ["a"])
        let second = SecretMarks(["TOKEN"], seeing: ["b"])
        let mark = try #require(first.json["TOKEN"]?.stringValue)
        #expect(first.replacing(in: mark) { _ in "value" } == "value")
        #expect(second.replacing(in: mark) { _ in "value" } == mark)
        #expect(SecretMarks.none.replacing(in: mark) { _ in "value" } == mark)
        // Data that contains the mark of other data makes another mark.
        first = SecretMarks(["TOKEN"], seeing: [.string(mark)])
        #expect(first.replacing(in: mark) { _ in "value" } == mark)
    }

    @Test func `secrets that the step does not name cannot be had`() throws {
        let marks = SecretMarks(["TOKEN"], seeing: ["a"])
        let other = try #require(marks.json["TOKEN"]?.stringValue).replacing("TOKEN", with: "OTHER")
        #expect(marks.replacing(in: other) { _ in "value" } == other)
    }

    @Test func `what was agreed to keeps its secrets, also when something else has ended meanwhile`() throws {
        var task = try task("consent: true")
        let proposal = try #require(task.state.requests[1]?.proposal)
        let token = try #require(proposal["secrets"]?["TOKEN"]?.stringValue)
        #expect(token.hasPrefix("[secret TOKEN ") && token.utf8.count == 39)
        var edits = try #require(proposal.objectValue)
        edits["arguments"] = ["send", .string("\(token)\(token)"), "[secret TOKEN]"]
        try task.decide(.approve, edits: .object(edits))
        try task.start("send")
        let work = try #require(task.work)
        #expect(
            work.revealing(values).call.json["arguments"]
                == ["send", "the token's valuethe token's value", "[secret TOKEN]"])
        #expect(
            task.payload(.stepStarted)?["input"]?["arguments"]
                == ["send", "[secret TOKEN][secret TOKEN]", "[secret TOKEN]"])
        #expect(task.payload(.stepStarted)?["input"]?["secrets"] == nil)
    }

    @Test(arguments: [
        "e", "", "[secret TOKEN]", "[secret KEY 0123456789abcdef01234567]", "[secret TOKEN zzzzzzzzzzzzzzzzzzzzzzzz]",
    ])
    func `a mark that was spoilt stands for nothing`(mark: String) throws {
        let marks = SecretMarks(["TOKEN"], seeing: ["a"])
        #expect(marks.agreed(["TOKEN": .string(mark)]) == marks)
    }
}
