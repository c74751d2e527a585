import Core
import Testing

@testable import Providers

/// What Gemini is sent.
@Suite(.timeLimit(.minutes(1)))
struct GeminiRequestTests {
    static let weather = AnthropicRequestTests.weather

    private func request(_ model: String = "gemini-2.5-flash", _ messages: [Message] = [Message(.user, "Hi")])
        -> ModelRequest
    {
        ModelRequest(model: ModelName(provider: "gemini", model: model), messages: messages)
    }

    @Test func asksPlainly() throws {
        let expected: JSON = [
            "contents": [["role": "user", "parts": [["text": "Hi"]]]],
            "generationConfig": ["thinkingConfig": ["includeThoughts": true]],
        ]
        #expect(try GeminiRequest.body(request()) == expected)
    }

    @Test func declaresTools() throws {
        var request = request("gemini-3.8-flash")
        request.system = "Be brief."
        request.tools = [Self.weather, ToolDeclaration(name: "2nd tool", summary: "x", parameters: ["type": "object"])]
        request.toolChoice = .tool("2nd tool")
        request.isWebSearchAllowed = true
        request.temperature = 0.5
        request.outputTokensMaximum = 100
        request.serviceTier = "flex"
        request.thinking = .low
        let expected: JSON = [
            "systemInstruction": ["parts": [["text": "Be brief."]]],
            "contents": [["role": "user", "parts": [["text": "Hi"]]]],
            "tools": [
                [
                    "functionDeclarations": [
                        [
                            "name": "weather", "description": "Tells the weather.",
                            "parametersJsonSchema": Self.weather.parameters,
                        ],
                        ["name": "_2nd_tool", "description": "x"],
                    ]
                ],
                ["googleSearch": [:]],
            ],
            "toolConfig": [
                "functionCallingConfig": ["mode": "ANY", "allowedFunctionNames": ["_2nd_tool"]],
                "includeServerSideToolInvocations": true,
            ],
            "generationConfig": [
                "temperature": 0.5, "maxOutputTokens": 100,
                "thinkingConfig": ["includeThoughts": true, "thinkingLevel": "low"],
            ],
            "serviceTier": "flex",
        ]
        #expect(try GeminiRequest.body(request) == expected)
    }

    static let thinking: [(String, ThinkingLevel?, JSON?)] = [
        ("gemini-2.0-flash", .high, nil),
        ("gemini-2.5-flash", .off, ["thinkingBudget": 0]),
        ("gemini-2.5-pro", .off, ["includeThoughts": false, "thinkingBudget": 128]),
        ("gemini-2.5-flash", .medium, ["includeThoughts": true, "thinkingBudget": 8192]),
        ("gemini-3-flash-preview", .off, ["includeThoughts": false, "thinkingLevel": "minimal"]),
        ("gemini-3.1-pro-preview", .minimal, ["includeThoughts": true, "thinkingLevel": "low"]),
        ("gemini-3-pro-preview", .medium, ["includeThoughts": true, "thinkingLevel": "high"]),
        ("gemini-3.8-flash", .high, ["includeThoughts": true, "thinkingLevel": "high"]),
    ]

    @Test(arguments: thinking)
    func asksForThinking(_ model: String, _ level: ThinkingLevel?, _ expected: JSON?) throws {
        var request = request(model)
        request.thinking = level
        #expect(try GeminiRequest.body(request)["generationConfig"]?["thinkingConfig"] == expected)
    }

    @Test func sendsBackWhatCameFromItAlone() throws {
        let model = ModelName(provider: "gemini", model: "gemini-3-flash")
        let search: JSON = ["toolCall": ["id": "x"], "thoughtSignature": "W"]
        let messages = [
            Message(.user, "Hi"),
            Message(
                .assistant,
                [
                    .thinking(Thinking(text: "Unsigned.")),
                    .thinking(
                        Thinking(
                            text: "Signed.", state: ProviderState.of(model, ["signature": "A", "thought": true]))),
                    .text("Let me see."),
                    .thinking(Thinking(text: "", state: ProviderState.of(model, ["signature": "B"]))),
                    .webSearch(
                        WebSearch(query: "q", results: [], state: ProviderState.of(model, ["parts": [search]]))),
                    .toolCall(
                        ToolCall(
                            id: "lpnd", name: "weather", arguments: ["city": "Rome"],
                            state: ProviderState.of(model, ["id": "lpnd", "signature": "C"]))),
                    .toolCall(ToolCall(id: "call_1", name: "now", arguments: [:], malformed: "[1]")),
                ]),
            Message(
                .user,
                [
                    .text("Here:"),
                    .toolResult(ToolResult(callID: "lpnd", name: "weather", parts: [.text("Sun")])),
                    .toolResult(ToolResult(callID: "call_1", name: "now", parts: [.text("No.")], isError: true)),
                ]),
        ]
        let expected: JSON = [
            ["role": "user", "parts": [["text": "Hi"]]],
            [
                "role": "model",
                "parts": [
                    ["text": "Signed.", "thought": true, "thoughtSignature": "A"], ["text": "Let me see."],
                    ["text": "", "thoughtSignature": "B"], search,
                    [
                        "functionCall": ["name": "weather", "args": ["city": "Rome"], "id": "lpnd"],
                        "thoughtSignature": "C",
                    ],
                    ["functionCall": ["name": "now", "args": ["INVALID_JSON": "[1]"]]],
                ],
            ],
            [
                "role": "user",
                "parts": [
                    ["functionResponse": ["name": "weather", "id": "lpnd", "response": ["output": "Sun"]]],
                    ["functionResponse": ["name": "now", "response": ["error": "No."]]], ["text": "Here:"],
                ],
            ],
        ]
        #expect(try GeminiRequest.body(request("gemini-3-flash", messages))["contents"] == expected)
        let other = try GeminiRequest.body(request("gemini-3.8-flash", messages))["contents"]?[1]?["parts"]
        #expect(
            other == [
                ["text": "Let me see."],
                [
                    "functionCall": ["name": "weather", "args": ["city": "Rome"]],
                    "thoughtSignature": "skip_thought_signature_validator",
                ],
                ["functionCall": ["name": "now", "args": ["INVALID_JSON": "[1]"]]],
            ], "another model cannot read the signatures")
    }

    private func file(_ name: String, _ mediaType: String, _ bytes: [UInt8]) -> MessagePart {
        .file(AttachedFile(name: name, mediaType: mediaType, hash: ContentHash(of: bytes), bytes: bytes))
    }

    @Test(arguments: ["gemini-2.5-flash", "gemini-3.8-flash"])
    func showsFiles(_ model: String) throws {
        let messages = [
            Message(
                .user,
                [
                    file("a.jpg", "image/jpg", [1, 2, 3]), file("c.json", "application/json", Array("{}".utf8)),
                    .toolResult(
                        ToolResult(
                            callID: "t", name: "look", parts: [.text("See"), file("e.pdf", "application/pdf", [5])])),
                ])
        ]
        let inline: JSON = ["inlineData": ["mimeType": "application/pdf", "data": "BQ=="]]
        var function: JSONObject = ["name": "look", "response": ["output": "See"]]
        if model == "gemini-3.8-flash" { function["parts"] = [inline] }
        let expected: [JSON] =
            [["functionResponse": .object(function)]] + (model == "gemini-3.8-flash" ? [] : [inline]) + [
                ["inlineData": ["mimeType": "image/jpeg", "data": "AQID"]], ["text": "File c.json:\n\n{}"],
            ]
        #expect(try GeminiRequest.body(request(model, messages))["contents"]?[0]?["parts"] == .array(expected))
    }

    @Test func refusesFilesItCannotShow() throws {
        let messages = [Message(.user, [file("f.zip", "application/zip", [1])])]
        let error = try #require(throws: SignalboxError.self) {
            try GeminiRequest.body(request("gemini-3-flash", messages))
        }
        #expect(error.message == "The file f.zip (application/zip) cannot be shown to Gemini.")
    }

    @Test func demandsASchema() throws {
        var request = request()
        request.schema = [
            "$schema": "s", "type": "object",
            "properties": ["const": ["const": 1], "$schema": ["type": "string", "$comment": "c"]],
        ]
        let generation = try GeminiRequest.body(request)["generationConfig"]
        #expect(generation?["responseMimeType"] == "application/json")
        #expect(
            generation?["responseJsonSchema"]
                == ["type": "object", "properties": ["const": ["enum": [1]], "$schema": ["type": "string"]]])
        request.tools = [Self.weather]
        let body = try GeminiRequest.body(request)
        #expect(body["generationConfig"]?["responseMimeType"] == nil)
        #expect(body["systemInstruction"]?["parts"]?[0]?["text"]?.stringValue?.contains("fit this JSON Schema") == true)
        request.model = ModelName(provider: "gemini", model: "gemini-3.8-flash")
        #expect(try GeminiRequest.body(request)["generationConfig"]?["responseMimeType"] == "application/json")
        #expect(try GeminiRequest.body(request)["systemInstruction"] == nil)
        request.toolChoice = .required
        #expect(try GeminiRequest.body(request)["generationConfig"]?["responseMimeType"] == nil)
    }

    @Test func saysWhatOlderModelsCannotCombine() throws {
        var request = request()
        request.isWebSearchAllowed = true
        #expect(try GeminiRequest.body(request)["tools"] == [["googleSearch": [:]]])
        #expect(try GeminiRequest.body(request)["toolConfig"] == JSON?.none)
        request.tools = [Self.weather]
        let error = try #require(throws: SignalboxError.self) { try GeminiRequest.body(request) }
        #expect(error.code == .invalidInput)
        #expect(
            error.message
                == "The model gemini/gemini-2.5-flash cannot search the web and call tools in one request.")
    }
}
