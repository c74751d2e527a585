import Core
import Testing

@testable import Engine

/// What pictures and files in a conversation come to, for the budget.
@Suite(.timeLimit(.minutes(1)))
struct PartSizeTests {
    private static func file(_ type: String, _ size: Int64?) -> JSON {
        var file: JSONObject = ["name": "f", "media_type": .string(type), "hash": "0"]
        file["size"] = size.map(JSON.int)
        return ["file": .object(file)]
    }

    @Test(
        arguments: [
            (file("image/png", 70), nil, 15_000), (file("image/png", 5_000_000), nil, 15_000),
            (file("image/png", nil), 1_000, 15_000), (file("application/pdf", 7_000), nil, 7_000),
            (file("application/pdf", 900_000), nil, 384_000), (file("application/pdf", 900_000), 1_000_000, 900_000),
            (file("application/pdf", nil), 1_000, 3_000), (["text": "hello"], nil, 16),
        ] as [(JSON, Int?, Int)])
    func bytes(part: JSON, window: Int?, bytes: Int) {
        #expect(PartSize.bytes(of: part, window: window) == bytes)
        let message = ConversationMessage(speaker: .tool, text: "", parts: [part, part])
        if window == nil { #expect(message.size == 2 * bytes) }
        let result: JSON = ["tool_result": ["call": "a", "name": "b", "parts": [part, part]]]
        #expect(PartSize.bytes(of: result, window: window) == 64 + 2 * bytes)
    }

    @Test func aPictureThatAToolReturnsIsReckonedBeforeTheNextCall() throws {
        var task = try TestTask(
            """
            limits: { tokens: 12000 }
            agents: { w: { model: test/m, tools: [read_file] } }
            steps: { work: { agent: w, prompt: Do it. } }
            """)
        try task.start("work")
        try task.turn("work", calls: [AgentTests.call("a")])
        let result = ToolReturn(parts: [Self.file("image/png", 70), Self.file("image/png", 70)])
        try task.handle(FinishTool(StepPath(rawValue: "work"), RunNumber(rawValue: 1), call: "a", result))
        #expect(task.state.requests[1]?.kind == .budget)
    }
}
