import Testing

@testable import Providers

/// What is known of a model by its name.
@Suite(.timeLimit(.minutes(1)))
struct ClaudeModelTests {
    @Test(arguments: [
        ("claude-3-haiku-20240307", ClaudeModel.Thinking.none, false, 4_096),
        ("claude-3-5-sonnet-latest", .none, false, 8_192), ("claude-3-7-sonnet-20250219", .budget, false, 64_000),
        ("claude-sonnet-4-20250514", .budget, false, 64_000), ("claude-opus-4-1-20250805", .budget, true, 32_000),
        ("claude-opus-4-20250514", .budget, false, 32_000), ("claude-sonnet-4-5", .budget, true, 64_000),
        ("claude-haiku-4-5-20251001", .budget, true, 64_000), ("anthropic/claude-opus-4.6", .adaptive, true, 128_000),
        ("us.anthropic.claude-opus-4-6-v1", .adaptive, true, 128_000), ("claude-sonnet-5", .adaptive, true, 128_000),
        ("claude-opus-5-5", .adaptive, true, 128_000), ("claude-mythos-preview", .adaptive, true, 128_000),
        ("MiniMax-M2", .budget, false, 8_192),
    ])
    func knowsModels(_ name: String, _ thinking: ClaudeModel.Thinking, knowsSchemas: Bool, tokens: Int) {
        let model = ClaudeModel(name)
        #expect(model.thinking == thinking)
        #expect(model.knowsSchemas == knowsSchemas)
        #expect(model.outputTokensMaximum == tokens)
    }

    @Test(arguments: [
        ("claude-opus-4-8", false, false, false), ("claude-sonnet-5", true, false, false),
        ("claude-opus-5", true, false, false), ("claude-opus-5-5", true, true, false),
        ("claude-haiku-5-5", true, false, false), ("claude-fable-5-1", true, true, false),
        ("claude-mythos-preview", true, true, false), ("claude-opus-4-6", false, false, true),
        ("claude-sonnet-4-5", false, false, true), ("kimi-k2", false, false, true),
    ])
    func knowsWhoThinksUnasked(_ name: String, byItself: Bool, always: Bool, knowsTemperature: Bool) {
        let model = ClaudeModel(name)
        #expect(model.thinksByItself == byItself)
        #expect(model.thinksAlways == always)
        #expect(model.knowsTemperature == knowsTemperature)
    }
}
