import Core
import Engine
import Providers
import Testing

@testable import Executors

/// A request is reckoned as its conversation is in the journal.
@Suite(.timeLimit(.minutes(1)))
struct RequestSizeTests {
    @Test(arguments: [("image/png", 15_000), ("application/pdf", 200)])
    func filesOfTools(type: String, expected: Int) {
        let bytes = [UInt8](repeating: 7, count: 200)
        let file = MessagePart.file(
            AttachedFile(name: "f", mediaType: type, hash: ContentHash(of: bytes), bytes: bytes))
        let kept = ConversationMessage(speaker: .tool, text: "", parts: .array([file.json]))
        #expect(kept.size == expected)
        let model = ModelName(provider: "test", model: "m")
        func size(_ parts: [MessagePart]) -> Int {
            let result = ToolResult(callID: "a", name: "b", parts: parts, isError: false)
            let request = ModelRequest(model: model, messages: [Message(.user, [.toolResult(result)])])
            return RequestSize.bytes(of: request, window: nil)
        }
        #expect(size([file]) - size([]) == expected)
    }
}
