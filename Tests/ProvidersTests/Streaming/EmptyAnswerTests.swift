import Core
import HTTPClient
import TestSupport
import Testing

@testable import Providers

/// Answers that end in good order, with nothing in them.
@Suite(.timeLimit(.minutes(1)))
struct EmptyAnswerTests {
    private static let errors = UpstreamErrors(provider: "lan", secret: nil, keyPlace: nil, model: "m")

    private static func chat(_ text: String) -> ReadAnswer {
        ReadAnswer(Array(text.utf8), as: ChatCompletion(provider: "lan"), errors)
    }

    private static let head = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n"

    @Test(arguments: [
        "data: [DONE]\n\n", head + "data: [DONE]\n\n",
        head + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"}}]}\n\ndata: [DONE]\n\n",
        "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":null}}]}", "{\"choices\":null}",
        "{\"id\":\"x\",\"choices\":[]}",
    ])
    func `of a chat are errors that are worth another try`(text: String) throws {
        let error = #expect(throws: SignalboxError.self) { try Self.chat(text).result.get() }
        #expect(error?.message == "lan sent nothing: the answer was empty.")
        #expect(error?.cause is TemporaryRefusal)
    }

    @Test(arguments: [
        "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"output\":[]}}\n\n",
        "{\"output\":[]}",
    ])
    func `of responses are`(text: String) throws {
        let answer = ReadAnswer(Array(text.utf8), as: ResponseAssembly(provider: "lan"), Self.errors)
        let error = #expect(throws: SignalboxError.self) { try answer.result.get() }
        #expect(error?.message.contains("the answer was empty") == true)
    }

    @Test func `of Anthropic are`() throws {
        let text = """
            event: message_start
            data: {"type":"message_start","message":{"content":[]}}

            event: message_stop
            data: {"type":"message_stop"}


            """
        let answer = ReadAnswer(
            Array(text.utf8), as: AnthropicMessage(of: ModelName(provider: "lan", model: "m")), Self.errors)
        let error = #expect(throws: SignalboxError.self) { try answer.result.get() }
        #expect(error?.message.contains("the answer was empty") == true)
    }

    @Test func `of Gemini are cut off`() throws {
        let text = "data: {\"candidates\":[{\"index\":0}]}\n\n"
        let answer = ReadAnswer(
            Array(text.utf8), as: GeminiAnswer(of: ModelName(provider: "lan", model: "m")), Self.errors)
        let error = #expect(throws: SignalboxError.self) { try answer.result.get() }
        #expect(error?.cause is TemporaryRefusal)
    }

    @Test func `what thinks and says nothing is cut`() throws {
        let text =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"Hm.\"}}]}\n\ndata: [DONE]\n\n"
        #expect(throws: CutResponse.self) { try Self.chat(text).result.get() }
    }

    @Test func `tokens that are reported are kept`() throws {
        let usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":0}}\n\n"
        let cut = #expect(throws: CutResponse.self) { try Self.chat(usage + "data: [DONE]\n\n").result.get() }
        #expect(cut?.response.usage?.prompt == 7)
    }

    @Test(arguments: ["stop", "length"])
    func `with a reason they stand`(reason: String) throws {
        let end = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"\(reason)\"}]}\n\n"
        #expect(try Self.chat(end + "data: [DONE]\n\n").result.get().parts.isEmpty)
    }
}
