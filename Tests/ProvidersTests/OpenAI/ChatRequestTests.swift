import Core
import Testing

@testable import Providers

/// What chat completions are asked.
@Suite(.timeLimit(.minutes(1)))
struct ChatRequestTests {
    static let picture = AttachedFile(
        name: "a.png", mediaType: "image/png", hash: ContentHash(of: [1, 2, 3]), bytes: [1, 2, 3])
    static let paper = AttachedFile(
        name: "b.pdf", mediaType: "application/pdf", hash: ContentHash(of: [4]), bytes: Array("%PDF".utf8))
    static let note = AttachedFile(
        name: "c \"1\".csv", mediaType: "text/csv", hash: ContentHash(of: [5]), bytes: Array("x,y".utf8))

    static let weather = ToolDeclaration(
        name: "get_weather", summary: "Tells the weather.",
        parameters: [
            "type": "object", "properties": ["city": ["type": "string"]], "required": ["city"],
            "additionalProperties": false,
        ])

    private func request(_ messages: [Message], model: String = "gpt-5-mini") -> ModelRequest {
        ModelRequest(model: ModelName(provider: "openai", model: model), messages: messages)
    }

    private func body(_ request: ModelRequest, host: String = "api.openai.com") -> JSON {
        request.chatBody(host: host)
    }

    @Test func asksForWhatTheRequestSays() {
        var request = request([Message(.user, "Hello")])
        request.system = "Be brief."
        request.tools = [Self.weather]
        request.toolChoice = .tool("get_weather")
        request.thinking = .minimal
        request.temperature = 0.5
        request.outputTokensMaximum = 100
        request.serviceTier = "flex"
        request.isWebSearchAllowed = true
        let expected: JSON = [
            "model": "gpt-5-mini",
            "messages": [["role": "system", "content": "Be brief."], ["role": "user", "content": "Hello"]],
            "stream": true, "stream_options": ["include_usage": true], "max_completion_tokens": 100,
            "temperature": 0.5, "reasoning_effort": "minimal", "service_tier": "flex", "web_search_options": [:],
            "tools": [
                [
                    "type": "function",
                    "function": [
                        "name": "get_weather", "description": "Tells the weather.",
                        "parameters": Self.weather.parameters,
                    ],
                ]
            ],
            "tool_choice": ["type": "function", "function": ["name": "get_weather"]],
        ]
        #expect(body(request) == expected)
    }

    @Test(
        arguments: [
            (ModelRequest.ToolChoice.auto, nil), (.required, "required"), (.none, "none"),
        ] as [(ModelRequest.ToolChoice, String?)])
    func choosesTools(_ choice: ModelRequest.ToolChoice, _ word: String?) {
        var request = request([Message(.user, "Hello")])
        request.toolChoice = choice
        #expect(body(request)["tool_choice"] == nil, "without tools there is nothing to choose")
        request.tools = [Self.weather]
        #expect(body(request)["tool_choice"] == word.map(JSON.string))
    }

    @Test func namesTheBoundAsOthersKnowIt() {
        var request = request([Message(.user, "Hello")])
        request.outputTokensMaximum = 7
        #expect(body(request, host: "localhost")["max_tokens"] == 7)
        #expect(body(request, host: "localhost")["max_completion_tokens"] == nil)
        #expect(request.chatBody(host: "localhost", concessions: [.otherBoundName])["max_completion_tokens"] == 7)
        #expect(request.chatBody(host: "api.openai.com", concessions: [.otherBoundName])["max_tokens"] == 7)
    }

    @Test func asksOpenRouterForTheCost() {
        let request = request([Message(.user, "Hello")])
        #expect(body(request, host: "openrouter.ai")["usage"] == ["include": true])
        #expect(body(request)["usage"] == nil, "OpenAI refuses what it does not know")
    }

    @Test func showsFiles() {
        let request = request([
            Message(.user, [.text("Look:"), .file(Self.picture), .file(Self.paper), .file(Self.note)])
        ])
        let expected: JSON = [
            ["type": "text", "text": "Look:"],
            ["type": "image_url", "image_url": ["url": "data:image/png;base64,AQID"]],
            ["type": "file", "file": ["filename": "b.pdf", "file_data": "data:application/pdf;base64,JVBERg=="]],
            ["type": "text", "text": "<file name=\"c \\\"1\\\".csv\">\nx,y\n</file>"],
        ]
        #expect(body(request)["messages"]?[0]?["content"] == expected)
    }

    @Test func handsCallsAndResultsBack() {
        let request = request([
            Message(.user, "Weather?"),
            Message(
                .assistant,
                [
                    .text("I look."),
                    .toolCall(ToolCall(id: "a", name: "f", arguments: ["city": "Oslo"])),
                    .toolCall(ToolCall(id: "b", name: "g", arguments: [:], malformed: "{oops")),
                ]),
            Message(
                .user,
                [
                    .toolResult(ToolResult(callID: "a", name: "f", parts: [.text("Rain"), .file(Self.picture)])),
                    .toolResult(ToolResult(callID: "b", name: "g", parts: [.text("not JSON")], isError: true)),
                ]),
        ])
        let expected: JSON = [
            ["role": "user", "content": "Weather?"],
            [
                "role": "assistant", "content": "I look.",
                "tool_calls": [
                    ["id": "a", "type": "function", "function": ["name": "f", "arguments": "{\"city\":\"Oslo\"}"]],
                    [
                        "id": "b", "type": "function",
                        "function": ["name": "g", "arguments": "{\"malformed_arguments\":\"{oops\"}"],
                    ],
                ],
            ],
            ["role": "tool", "tool_call_id": "a", "content": "Rain"],
            ["role": "tool", "tool_call_id": "b", "content": "Error: not JSON"],
            [
                "role": "user",
                "content": [
                    ["type": "text", "text": "Files that the tool f gave with call a:"],
                    ["type": "image_url", "image_url": ["url": "data:image/png;base64,AQID"]],
                ],
            ],
        ]
        #expect(body(request)["messages"] == expected)
    }

    @Test(
        "Thinking goes back to who gave it, and only with the calls it led to",
        arguments: [
            ("openai", "reasoning_content", true), ("other", nil, true), ("openai", nil, false),
        ] as [(String, String?, Bool)])
    func handsThinkingBack(_ provider: String, _ field: String?, _ hasCalls: Bool) {
        let state: JSON = ["provider": .string(provider), "field": "reasoning_content"]
        var parts: [MessagePart] = [.thinking(Thinking(text: "Hm.", state: state)), .text("Yes")]
        if hasCalls { parts.append(.toolCall(ToolCall(id: "a", name: "f", arguments: [:]))) }
        let message = body(request([Message(.assistant, parts)]))["messages"]?[0]
        #expect(message?["reasoning_content"] == field.map { _ in "Hm." })
    }

    @Test func handsGatewayStateBackAsItCame() throws {
        let text = ChatCompletionFixtures.stream(
            deltas: [
                #"{"reasoning":"Let ","reasoning_details":[{"type":"reasoning.text","text":"Let ","format":"anthropic-claude-v1","index":0}]}"#,
                #"{"reasoning":"me.","reasoning_details":[{"type":"reasoning.text","text":"me.","index":0}]}"#,
                #"{"reasoning_details":[{"type":"reasoning.text","signature":"c2ln","index":0}]}"#,
                #"{"reasoning_details":[{"type":"reasoning.encrypted","data":"eHk=","index":1}]}"#,
                #"{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"},"extra_content":{"google":{"thought_signature":"s"}}}]}"#,
            ], finishReason: "tool_calls")
        let response = try ReadAnswer.chatCompletion(Array(text.utf8)).result.get()
        #expect(response.reasoning == "Let me.")
        let message = body(request([Message(.assistant, response.parts)]))["messages"]?[0]
        let details: JSON = [
            [
                "type": "reasoning.text", "format": "anthropic-claude-v1", "index": 0, "signature": "c2ln",
                "text": "Let me.",
            ],
            ["type": "reasoning.encrypted", "index": 1, "data": "eHk="],
        ]
        #expect(message?["reasoning_details"] == details)
        #expect(message?["tool_calls"]?[0]?["extra_content"] == ["google": ["thought_signature": "s"]])
    }

    @Test func asksForASchema() {
        var request = request([Message(.user, "Hello")])
        request.schema = Self.weather.parameters
        let format: JSON = [
            "type": "json_schema",
            "json_schema": ["name": "answer", "strict": true, "schema": Self.weather.parameters],
        ]
        #expect(body(request)["response_format"] == format)
        let loose = request.chatBody(host: "x", concessions: [.looseSchema])
        #expect(loose["response_format"]?["json_schema"]?["strict"] == false)
    }

    @Test(arguments: [true, false])
    func putsASchemaIntoThePrompt(_ isRefused: Bool) throws {
        var request = request([Message(.user, "Hello")])
        request.system = "Be brief."
        request.schema = isRefused ? Self.weather.parameters : ["type": "array"]
        let body = request.chatBody(host: "x", concessions: isRefused ? [.schemaInPrompt] : [])
        #expect(body["response_format"] == nil)
        let system = try #require(body["messages"]?[0]?["content"]?.stringValue)
        #expect(system.hasPrefix("Be brief.\n\nAnswer with one JSON value and nothing else"))
        #expect(system.hasSuffix(try #require(request.schema).text))
    }
}
