import Core
import Testing

@testable import Providers

/// What Anthropic is sent.
@Suite(.timeLimit(.minutes(1)))
struct AnthropicRequestTests {
    static let weather = ToolDeclaration(
        name: "weather", summary: "Tells the weather.",
        parameters: ["type": "object", "properties": ["city": ["type": "string"]], "required": ["city"]])

    private func request(_ model: String = "claude-sonnet-4-5", _ messages: [Message] = [Message(.user, "Hi")])
        -> ModelRequest
    {
        ModelRequest(model: ModelName(provider: "anthropic", model: model), messages: messages)
    }

    private func body(_ request: ModelRequest) throws -> JSON { try AnthropicRequest(request).body() }

    @Test func asksPlainly() throws {
        let expected: JSON = [
            "model": "claude-sonnet-4-5", "max_tokens": 64_000, "stream": true,
            "messages": [["role": "user", "content": [["type": "text", "text": "Hi"]]]],
        ]
        #expect(try body(request()) == expected)
    }

    @Test func declaresToolsAndMarksTheCache() throws {
        var request = request()
        request.system = "Be brief."
        request.tools = [Self.weather, ToolDeclaration(name: "now", summary: "", parameters: [:])]
        request.isWebSearchAllowed = true
        request.outputTokensMaximum = 100
        request.temperature = 1.5
        request.serviceTier = "standard_only"
        request.cacheLifetime = .hour
        let mark: JSON = ["type": "ephemeral", "ttl": "1h"]
        let expected: JSON = [
            "model": "claude-sonnet-4-5", "max_tokens": 100, "stream": true,
            "tools": [
                ["name": "weather", "description": "Tells the weather.", "input_schema": Self.weather.parameters],
                ["name": "now", "description": "", "input_schema": ["type": "object"]],
                ["type": "web_search_20250305", "name": "web_search", "cache_control": mark],
            ],
            "tool_choice": ["type": "auto"],
            "system": [["type": "text", "text": "Be brief.", "cache_control": mark]],
            "messages": [
                ["role": "user", "content": [["type": "text", "text": "Hi", "cache_control": mark]]]
            ],
            "temperature": 1.0, "service_tier": "standard_only",
        ]
        #expect(try body(request) == expected)
    }

    @Test(arguments: WebSearchSupport.anthropicVersions)
    func `asks for the version of the search that the settings name`(version: String) throws {
        var request = request()
        request.isWebSearchAllowed = true
        let tool = try AnthropicRequest(request, search: version).body()["tools"]?[0]
        #expect(tool?["type"] == .string(version) && tool?["name"] == "web_search")
        // What newer ones find by programs of the model cannot be handed back.
        #expect(tool?["allowed_callers"] == (version == "web_search_20250305" ? nil : ["direct"]))
    }

    static let thinking: [(String, ThinkingLevel?, JSON?, String?)] = [
        ("claude-3-5-haiku-latest", .high, nil, nil),
        ("claude-sonnet-4-5", nil, nil, nil), ("claude-sonnet-4-5", .off, nil, nil),
        ("claude-sonnet-4-5", .minimal, ["type": "enabled", "budget_tokens": 1024], nil),
        ("claude-sonnet-4-5", .medium, ["type": "enabled", "budget_tokens": 10_240], nil),
        ("claude-opus-4-8", nil, nil, nil), ("claude-opus-4-8", .off, nil, nil),
        ("claude-opus-4-8", .minimal, ["type": "adaptive", "display": "summarized"], "low"),
        ("claude-sonnet-5", .off, ["type": "disabled"], nil),
        ("claude-sonnet-5", nil, ["type": "adaptive", "display": "summarized"], nil),
        ("claude-sonnet-5", .high, ["type": "adaptive", "display": "summarized"], "high"),
        ("claude-opus-5-5", .off, ["type": "adaptive", "display": "summarized"], "low"),
    ]

    @Test(arguments: thinking)
    func asksForThinking(_ model: String, _ level: ThinkingLevel?, _ thinking: JSON?, _ effort: String?) throws {
        var request = request(model)
        request.thinking = level
        let body = try body(request)
        #expect(body["thinking"] == thinking)
        #expect(body["output_config"]?["effort"]?.stringValue == effort)
    }

    @Test func leavesRoomBesideTheThinking() throws {
        var request = request()
        request.thinking = .high
        request.outputTokensMaximum = 4_000
        #expect(try body(request)["thinking"]?["budget_tokens"] == 3_000)
        request.outputTokensMaximum = 1_300
        #expect(try body(request)["thinking"] == nil, "there is no room for the least there must be")
    }

    static let choices: [(ModelRequest.ToolChoice, JSON)] = [
        (.auto, ["type": "auto"]), (.none, ["type": "none"]), (.required, ["type": "any"]),
        (.tool("weather"), ["type": "tool", "name": "weather"]),
    ]

    @Test(arguments: choices)
    func choosesTools(_ choice: ModelRequest.ToolChoice, _ expected: JSON) throws {
        for model in ["claude-sonnet-4-5", "claude-sonnet-5"] {
            var request = request(model)
            request.tools = [Self.weather]
            request.toolChoice = choice
            request.thinking = .low
            let body = try body(request)
            #expect(body["tool_choice"] == expected)
            let isForced = choice == .required || choice == .tool("weather")
            #expect((body["thinking"]?["type"] == "disabled" || body["thinking"] == nil) == isForced)
        }
        var always = request("claude-fable-5-1")
        always.tools = [Self.weather]
        always.toolChoice = choice
        #expect(try body(always)["tool_choice"]?["type"] == (choice == .none ? "none" : "auto"), "it cannot be forced")
    }

    @Test func sendsBackWhatCameFromItAlone() throws {
        let model = ModelName(provider: "anthropic", model: "claude-sonnet-4-5")
        let other = ModelName(provider: "other", model: "claude-sonnet-4-5")
        let blocks: JSON = [["type": "server_tool_use", "id": "s"], ["type": "web_search_tool_result"]]
        let citations: JSON = [["type": "web_search_result_location", "encrypted_index": "E"]]
        let messages = [
            Message(.user, "Hi"),
            Message(
                .assistant,
                [
                    .thinking(Thinking(text: "Hm.", state: ProviderState.of(model, ["signature": "Sig"]))),
                    .thinking(Thinking(text: "", state: ProviderState.of(model, ["redacted": "Red"]))),
                    .thinking(Thinking(text: "Foreign.", state: ProviderState.of(other, ["signature": "X"]))),
                    .thinking(Thinking(text: "Cut.")), .text(" \n"),
                    .webSearch(
                        WebSearch(
                            query: "q", results: [],
                            state: ProviderState.of(
                                model, ["blocks": blocks, "cited": [["text": "Cited.", "citations": citations]]]))),
                    .text("Cited."),
                    .toolCall(ToolCall(id: "call.1", name: "weather", arguments: ["city": "Rome"])),
                    .toolCall(ToolCall(id: "t2", name: "no such tool", arguments: [:], malformed: "{x")),
                ]),
            Message(.user, "Go on."),
            Message(
                .user,
                [
                    .toolResult(ToolResult(callID: "call.1", name: "weather", parts: [.text("Sun")])),
                    .toolResult(ToolResult(callID: "t2", name: "x", parts: [], isError: true)),
                ]),
        ]
        var request = request("claude-sonnet-4-5", messages)
        request.tools = [Self.weather]
        let expected: JSON = [
            ["role": "user", "content": [["type": "text", "text": "Hi", "cache_control": ["type": "ephemeral"]]]],
            [
                "role": "assistant",
                "content": [
                    ["type": "thinking", "thinking": "Hm.", "signature": "Sig"],
                    ["type": "redacted_thinking", "data": "Red"],
                    ["type": "server_tool_use", "id": "s"], ["type": "web_search_tool_result"],
                    ["type": "text", "text": "Cited.", "citations": citations],
                    ["type": "tool_use", "id": "call_1", "name": "weather", "input": ["city": "Rome"]],
                    ["type": "tool_use", "id": "t2", "name": "no_such_tool", "input": ["INVALID_JSON": "{x"]],
                ],
            ],
            [
                "role": "user",
                "content": [
                    ["type": "tool_result", "tool_use_id": "call_1", "content": [["type": "text", "text": "Sun"]]],
                    ["type": "tool_result", "tool_use_id": "t2", "is_error": true],
                    ["type": "text", "text": "Go on.", "cache_control": ["type": "ephemeral"]],
                ],
            ],
        ]
        #expect(try body(request)["messages"] == expected)
        request.tools = []
        #expect(
            try body(request)["tools"] == [
                ["name": "weather", "input_schema": ["type": "object"]],
                [
                    "name": "no_such_tool", "input_schema": ["type": "object"],
                    "cache_control": ["type": "ephemeral"],
                ],
            ], "what is called in the conversation must be declared")
        #expect(try body(request)["tool_choice"] == ["type": "none"])
    }

    private func file(_ name: String, _ mediaType: String, _ bytes: [UInt8]) -> MessagePart {
        .file(AttachedFile(name: name, mediaType: mediaType, hash: ContentHash(of: bytes), bytes: bytes))
    }

    @Test func showsFiles() throws {
        let messages = [
            Message(
                .user,
                [
                    file("a.jpg", "image/jpg", [1, 2, 3]), file("b.pdf", "application/pdf", [4]),
                    file("c.csv", "text/csv; charset=utf-8", Array("x,y".utf8)), file("d.txt", "text/plain", []),
                    .toolResult(
                        ToolResult(callID: "t", name: "look", parts: [.text("See"), file("e.png", "image/png", [5])])),
                ])
        ]
        let expected: JSON = [
            [
                "type": "tool_result", "tool_use_id": "t",
                "content": [
                    ["type": "text", "text": "See"],
                    ["type": "image", "source": ["type": "base64", "media_type": "image/png", "data": "BQ=="]],
                ],
            ],
            ["type": "image", "source": ["type": "base64", "media_type": "image/jpeg", "data": "AQID"]],
            [
                "type": "document", "title": "b.pdf",
                "source": ["type": "base64", "media_type": "application/pdf", "data": "BA=="],
            ],
            [
                "type": "document", "title": "c.csv",
                "source": ["type": "text", "media_type": "text/plain", "data": "x,y"],
            ],
            ["type": "text", "text": "The file d.txt is empty."],
        ]
        #expect(try body(request("claude-sonnet-4-5", messages))["messages"]?[0]?["content"] == expected)
    }

    @Test(arguments: ["image/tiff", "audio/mpeg", "application/zip"])
    func refusesFilesItCannotShow(_ mediaType: String) throws {
        let messages = [Message(.user, [file("f", mediaType, [1])])]
        let error = try #require(throws: SignalboxError.self) { try body(request("claude-sonnet-4-5", messages)) }
        #expect(error.code == .invalidInput)
        #expect(error.message == "The file f (\(mediaType)) cannot be shown to a model of Anthropic.")
    }

    static let schema: JSON = [
        "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "description": "An invoice.",
        "properties": [
            "total": ["type": "integer", "minimum": 1, "description": "In cents."],
            "kind": ["oneOf": [["const": "a"], ["type": "string", "format": "date"]]],
            "lines": ["type": "array", "items": ["$ref": "#/$defs/line"], "minItems": 2],
        ],
        "required": ["total"], "$defs": ["line": ["type": "object", "additionalProperties": true]],
    ]

    @Test func demandsASchema() throws {
        var request = request()
        request.schema = Self.schema
        let expected: JSON = [
            "type": "json_schema",
            "schema": [
                "type": "object", "description": "An invoice.", "additionalProperties": false,
                "properties": [
                    "total": ["type": "integer", "description": "In cents.\n\n{minimum: 1}"],
                    "kind": ["anyOf": [["const": "a"], ["type": "string", "format": "date"]]],
                    "lines": [
                        "type": "array", "items": ["$ref": "#/$defs/line"], "description": "{minItems: 2}",
                    ],
                ],
                "required": ["total"], "$defs": ["line": ["type": "object", "additionalProperties": false]],
            ],
        ]
        #expect(try body(request)["output_config"] == ["format": expected])
        #expect(try body(request)["tools"] == nil)
    }

    @Test func asksOlderModelsForTheAnswerByATool() throws {
        var request = request("claude-3-7-sonnet-latest")
        request.schema = ["type": "string"]
        var body = try body(request)
        #expect(body["output_config"] == nil)
        #expect(body["tool_choice"] == ["type": "tool", "name": "final_answer"])
        #expect(
            body["tools"]?[0]?["input_schema"]
                == ["type": "object", "properties": ["answer": ["type": "string"]], "required": ["answer"]])
        request.tools = [Self.weather]
        body = try self.body(request)
        #expect(body["tool_choice"] == ["type": "any"], "another tool may come first")
        #expect(body["tools"]?.arrayValue?.count == 2)
        request.thinking = .medium
        #expect(try self.body(request)["tool_choice"] == ["type": "auto"])
    }

    @Test func keepsTheCacheForAConversationOnly() throws {
        let later = [Message(.user, "Hi"), Message(.assistant, "Yes?"), Message(.user, "Go")]
        var request = request("claude-sonnet-4-5", later)
        let mark: JSON = ["type": "ephemeral"]
        let messages = try body(request)["messages"]
        #expect(messages?[0]?["content"]?[0]?["cache_control"] == mark)
        #expect(messages?[1]?["content"]?[0]?["cache_control"] == nil)
        #expect(messages?[2]?["content"]?[0]?["cache_control"] == mark)
        request.messages = [Message(.user, "Once")]
        #expect(try body(request)["messages"]?[0]?["content"]?[0]?["cache_control"] == nil)
        request.cacheLifetime = .fiveMinutes
        #expect(try body(request)["messages"]?[0]?["content"]?[0]?["cache_control"] == mark)
    }
}
