import Core
import Prices
import Testing

@testable import Providers

/// What models and strict mode take, and what is done about refusals.
@Suite(.timeLimit(.minutes(1)))
struct OpenAIWordsTests {
    @Test(
        arguments: [
            ("gpt-5", ThinkingLevel.off, "minimal"), ("gpt-5-mini-2025-08-07", .minimal, "minimal"),
            ("gpt-5.1", .off, "none"), ("gpt-5.1", .minimal, "low"), ("openai/gpt-5.6-sol", .off, "none"),
            ("gpt-6", .medium, "medium"), ("gpt-5-pro", .low, "high"), ("gpt-5.2-pro", .low, "medium"),
            ("gpt-5.1-codex", .off, "low"), ("o3", .off, "low"), ("o4-mini", .high, "high"), ("o1-mini", .high, nil),
            ("gpt-4.1", .high, nil), ("gpt-4o-search-preview", .low, nil), ("gpt-5-chat-latest", .low, nil),
            ("chatgpt-4o-latest", .low, nil), ("gpt-5-search-api", .low, nil), ("gpt-oss:20b", .off, "low"),
            ("qwen3:8b", .off, "none"), ("qwen3:8b", .minimal, "low"), ("olmo-3", .high, "high"),
        ] as [(String, ThinkingLevel, String?)])
    func effort(_ model: String, _ level: ThinkingLevel, _ word: String?) {
        #expect(ReasoningEffort(model: model).word(for: level) == word)
    }

    @Test(arguments: [
        (
            #"{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}"#,
            true
        ),
        (#"{"type":"object","properties":{},"additionalProperties":false}"#, true),
        (
            ##"{"type":"object","properties":{"a":{"anyOf":[{"$ref":"#/$defs/b"},{"type":"null"}]}},"required":["a"],"additionalProperties":false,"$defs":{"b":{"type":"integer","minimum":1}}}"##,
            true
        ),
        (#"{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}"#, false),
        (#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#, false),
        (#"{"type":"array","items":{"type":"string"}}"#, false),
        (#"{"anyOf":[{"type":"string"}]}"#, false),
        (
            #"{"type":"object","properties":{"a":{"type":"string","minLength":1}},"required":["a"],"additionalProperties":false}"#,
            false
        ),
        (
            #"{"type":"object","properties":{"a":{"type":"object","properties":{}}},"required":["a"],"additionalProperties":false}"#,
            false
        ),
        (
            #"{"type":"object","properties":{"a":{"type":"string","format":"uri"}},"required":["a"],"additionalProperties":false}"#,
            false
        ),
        (#"true"#, false),
    ])
    func strict(_ schema: String, _ isStrict: Bool) throws {
        #expect(StrictSchema.isStrict(try JSON(parsing: schema)) == isStrict)
    }

    @Test(
        "A refusal of what can be left out says what to leave out",
        arguments: [
            (
                400,
                #"{"error":{"message":"Unsupported value: 'minimal' is not supported with the 'x' model.","type":"invalid_request_error","param":"reasoning_effort","code":"unsupported_value"}}"#,
                Concession.noEffort
            ),
            (
                400,
                #"{"error":{"message":"Invalid schema for response_format 'answer': 'minLength' is not permitted.","param":"response_format"}}"#,
                .looseSchema
            ),
            (
                422, #"{"detail":[{"loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]}"#,
                .noStreamOptions
            ),
            (
                400,
                #"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","param":"max_tokens"}}"#,
                .otherBoundName
            ),
            (400, #"{"error":{"message":"\"llama3\" does not support thinking","type":"api_error"}}"#, .noEffort),
            (400, #"{"error":{"message":"max_tokens is too large: 1000000."}}"#, nil),
            (
                400, #"{"error":{"message":"Unsupported value: 'temperature' does not support 0.5 with this model."}}"#,
                nil
            ),
            (401, #"{"error":{"message":"reasoning_effort"}}"#, nil),
            (429, #"{"error":{"message":"response_format"}}"#, nil),
        ] as [(Int, String, Concession?)])
    func concession(_ status: Int, _ body: String, _ expected: Concession?) {
        var request = ModelRequest(
            model: ModelName(provider: "p", model: "m"), messages: [Message(.user, "Hi")],
            schema: ChatRequestTests.weather.parameters, thinking: .minimal, temperature: 0.5)
        request.outputTokensMaximum = 10
        let refused = RefusedRequest(
            status: status, body: Array(body.utf8), error: SignalboxError(.upstream, "It refused."))
        #expect(Concession.next(after: refused, to: request.chatBody(host: "x"), made: []) == expected)
    }

    @Test func goesFurtherWhenAConcessionWasNotEnough() {
        let request = ModelRequest(
            model: ModelName(provider: "p", model: "m"), messages: [], schema: ChatRequestTests.weather.parameters)
        let refused = RefusedRequest(
            status: 400, body: Array("json_schema".utf8), error: SignalboxError(.upstream, "It refused."))
        let sent = request.chatBody(host: "x", concessions: [.looseSchema])
        #expect(Concession.next(after: refused, to: sent, made: [.looseSchema]) == .schemaInPrompt)
        let bare = request.chatBody(host: "x", concessions: [.schemaInPrompt])
        #expect(Concession.next(after: refused, to: bare, made: [.looseSchema, .schemaInPrompt]) == nil)
    }

    @Test(arguments: [
        ("0.00014", 140_000), ("1.25e-08", 12), ("1.35e-08", 14), ("1.15e-08", 12), ("0.0000000125", 12),
        ("0.0000000005", 0), ("0.0000000015", 2), ("0.00000000050000001", 1), ("3", 3_000_000_000),
        ("1e2", 100_000_000_000),
        ("0", 0), ("0.0", 0), ("5e-50", 0), ("12.000000001", 12_000_000_001), ("1E-9", 1),
    ])
    func reportedCost(_ text: String, _ nanos: Int64) throws {
        #expect(ReportedCost.ofLiteLLM(header: text)?.rawValue == (nanos == 0 ? nil : nanos))
        #expect(Money(reportedDollars: .string(text))?.rawValue == nanos)
        #expect(Money(reportedDollars: try JSON(parsing: text))?.rawValue == nanos)
    }

    @Test(arguments: ["", "-1", "1.2.3", "abc", "1e", "1e999", "99999999999", ".", "0x1", "1 "])
    func refusesCosts(_ text: String) {
        #expect(Money(reportedDollars: .string(text)) == nil)
    }

    @Test(
        arguments: [
            (#"{"cost":0.00078,"is_byok":false,"cost_details":{"upstream_inference_cost":0.00078}}"#, 780_000),
            (#"{"cost":0.00001,"is_byok":true,"cost_details":{"upstream_inference_cost":0.0002}}"#, 210_000),
            (#"{"cost_in_usd_ticks":37756005}"#, 3_775_600), (#"{"cost_in_usd_ticks":37756015}"#, 3_775_602),
            (#"{"cost_in_usd_ticks":3.7756015e7}"#, 3_775_602), (#"{"cost_in_usd_ticks":-1}"#, nil),
            (#"{"cost":0.00001,"is_byok":true}"#, nil),
            (#"{"cost":0.00001,"is_byok":true,"cost_details":{"upstream_inference_cost":null}}"#, nil),
            (#"{"cost":9e9,"is_byok":true,"cost_details":{"upstream_inference_cost":9e9}}"#, nil),
            (#"{"cost":{"input_tokens_cost":0.1,"total_cost":0.25}}"#, 250_000_000), (#"{"cost":null}"#, nil),
            ("{}", nil),
            (#"{"cost":-1}"#, nil),
        ] as [(String, Int64?)])
    func costInTheUsage(_ usage: String, _ nanos: Int64?) throws {
        #expect(ReportedCost.ofUsage(try JSON(parsing: usage))?.rawValue == nanos)
    }
}
