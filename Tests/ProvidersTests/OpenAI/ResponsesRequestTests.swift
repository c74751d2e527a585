import Core
import Testing

@testable import Providers

/// What the interface `responses` is asked.
@Suite(.timeLimit(.minutes(1)))
struct ResponsesRequestTests {
    private func request(_ messages: [Message], model: String = "gpt-5-mini") -> ModelRequest {
        ModelRequest(model: ModelName(provider: "openai", model: model), messages: messages)
    }

    @Test func asksForWhatTheRequestSays() {
        var request = request([Message(.user, [.text("Hello"), .file(ChatRequestTests.picture)])])
        request.system = "Be brief."
        request.tools = [ChatRequestTests.weather]
        request.toolChoice = .tool("get_weather")
        request.schema = ChatRequestTests.weather.parameters
        request.thinking = .low
        request.temperature = 0.5
        request.outputTokensMaximum = 100
        request.serviceTier = "flex"
        request.isWebSearchAllowed = true
        let parameters = ChatRequestTests.weather.parameters
        let expected: JSON = [
            "model": "gpt-5-mini",
            "input": [
                [
                    "role": "user",
                    "content": [
                        ["type": "input_text", "text": "Hello"],
                        ["type": "input_image", "detail": "auto", "image_url": "data:image/png;base64,AQID"],
                    ],
                ]
            ],
            "stream": true, "store": false, "instructions": "Be brief.", "max_output_tokens": 100, "temperature": 0.5,
            "service_tier": "flex", "include": ["reasoning.encrypted_content", "web_search_call.action.sources"],
            "reasoning": ["effort": "low", "summary": "auto"],
            "text": ["format": ["type": "json_schema", "name": "answer", "strict": true, "schema": parameters]],
            "tools": [
                [
                    "type": "function", "name": "get_weather", "description": "Tells the weather.",
                    "parameters": parameters, "strict": true,
                ], ["type": "web_search"],
            ],
            "tool_choice": ["type": "function", "name": "get_weather"],
        ]
        #expect(request.responsesBody() == expected)
    }

    @Test func `bounds the searches of the web`() {
        var request = request([Message(.user, "Hello")])
        request.webSearchesMaximum = 3
        #expect(request.responsesBody()["max_tool_calls"] == nil, "there are none")
        request.isWebSearchAllowed = true
        #expect(request.responsesBody()["max_tool_calls"] == 3)
    }

    @Test func asksModelsThatDoNotThinkForNoThinking() {
        var request = request([Message(.user, "Hello")], model: "gpt-4.1")
        request.thinking = .high
        let expected: JSON = [
            "model": "gpt-4.1", "stream": true, "store": false,
            "input": [["role": "user", "content": [["type": "input_text", "text": "Hello"]]]],
        ]
        #expect(request.responsesBody() == expected)
    }

    @Test func leavesOutWhatWasRefused() {
        var request = request([Message(.user, "Hello")])
        request.thinking = .high
        #expect(request.responsesBody([.noSummary])["reasoning"] == ["effort": "high"])
        #expect(request.responsesBody([.noSummary, .noEffort])["reasoning"] == nil)
        #expect(request.responsesBody([.noEncryptedThinking])["include"] == nil)
    }

    @Test func handsAnswersBackAsTheyCame() {
        let request = request([
            Message(.user, "How high?"), Message(.assistant, ResponseStreamTests.parts), Message(.user, "Sure?"),
        ])
        let input = request.responsesBody()["input"]
        #expect(input?.arrayValue?.count == 5)
        #expect(input?[1] == ResponseStreamTests.thinking.state?["item"])
        #expect(input?[2] == ResponseStreamTests.search.state?["item"])
        #expect(input?[3] == ["role": "assistant", "content": "2962 m 🏔.", "phase": "final_answer"])
    }

    @Test func handsNothingToAnotherProvider() {
        var request = request([Message(.assistant, ResponseStreamTests.parts)])
        request.model = ModelName(provider: "azure", model: "gpt-5-mini")
        #expect(request.responsesBody()["input"] == [["role": "assistant", "content": "2962 m 🏔."]])
    }

    @Test func leavesOutThinkingThatLedToNothing() {
        let request = request([Message(.assistant, [.text("Hm"), .thinking(ResponseStreamTests.thinking)])])
        #expect(request.responsesBody()["input"] == [["role": "assistant", "content": "Hm"]])
    }

    @Test func handsCallsAndResultsBack() {
        let request = request([
            Message(
                .assistant,
                [
                    .toolCall(ToolCall(id: "a", name: "f", arguments: ["city": "Oslo"])),
                    .toolCall(ToolCall(id: "b", name: "g", arguments: [:], malformed: "{oops")),
                ]),
            Message(
                .user,
                [
                    .toolResult(
                        ToolResult(callID: "a", name: "f", parts: [.text("Rain"), .file(ChatRequestTests.paper)])),
                    .toolResult(ToolResult(callID: "b", name: "g", parts: [.text("not JSON")], isError: true)),
                    .text("Go on."),
                ]),
        ])
        let expected: JSON = [
            ["type": "function_call", "call_id": "a", "name": "f", "arguments": "{\"city\":\"Oslo\"}"],
            ["type": "function_call", "call_id": "b", "name": "g", "arguments": "{\"malformed_arguments\":\"{oops\"}"],
            [
                "type": "function_call_output", "call_id": "a",
                "output": [
                    ["type": "input_text", "text": "Rain"],
                    ["type": "input_file", "filename": "b.pdf", "file_data": "data:application/pdf;base64,JVBERg=="],
                ],
            ],
            ["type": "function_call_output", "call_id": "b", "output": "Error: not JSON"],
            ["role": "user", "content": [["type": "input_text", "text": "Go on."]]],
        ]
        #expect(request.responsesBody()["input"] == expected)
    }
}
