import Core
import Providers
import TestSupport
import Testing

@testable import Engine
@testable import Executors

/// A request that cannot fit is refused before it is sent, and no other.
@Suite(.timeLimit(.minutes(1)))
struct ContextBoundTests {
    /// A request of that many bytes in each part.
    private func request(prompt: Int, system: Int = 0, tools: Int = 0) -> ModelRequest {
        var request = ModelRequest(
            model: ModelName(provider: "lan", model: "m"),
            messages: [Message(.user, String(repeating: "a", count: prompt))])
        request.system = String(repeating: "b", count: system)
        if tools > 0 {
            request.tools = [
                ToolDeclaration(name: "t", summary: String(repeating: "c", count: tools - 2), parameters: [:])
            ]
        }
        return request
    }

    @Test(arguments: [(5_994, 0, 0), (3_000, 2_000, 1_005), (6_005, 0, 0)])
    func `what may fit is sent`(prompt: Int, system: Int, tools: Int) {
        #expect(
            ContextBound(window: 1_000).misfit(of: request(prompt: prompt, system: system, tools: tools)) == nil)
    }

    @Test func `what cannot fit is not, and the estimate is stated`() {
        let failure = ContextBound(window: 1_000).misfit(of: request(prompt: 6_000, system: 600, tools: 1_200))
        #expect(failure?.cause == .validation)
        #expect(failure?.isTransient == false)
        #expect(
            failure?.message.contains(
                "does not fit the model lan/m, so it was not sent: it has at least 1300 tokens (prompt 1000, system prompt "
                    + "100, tools 200, reckoned at 6 bytes a token), and the model takes in 1000.") == true)
    }

    @Test func `where nobody knows the window nothing is refused`() {
        #expect(ContextBound(window: nil).misfit(of: request(prompt: 10_000_000)) == nil)
    }

    @Test func `files are not counted`() {
        var request = request(prompt: 10)
        let bytes = [UInt8](repeating: 0, count: 100_000)
        request.messages[0].parts.append(
            .file(AttachedFile(name: "p", mediaType: "image/png", hash: ContentHash(of: bytes), bytes: bytes)))
        #expect(ContextBound(window: 10).misfit(of: request) == nil)
    }
}
