import Testing

@testable import Providers

/// What is known of a model by its name.
@Suite(.timeLimit(.minutes(1)))
struct GeminiModelTests {
    @Test(arguments: [
        ("gemini-2.0-flash", GeminiModel.Thinking.none, false), ("gemini-2.5-flash-lite", .budget, false),
        ("models/gemini-2.5-pro", .budget, false), ("gemini-3-pro-preview", .level, true),
        ("gemini-3.7-flash", .level, true), ("gemini-4-argon", .level, true), ("gemini-flash-latest", .level, true),
        ("gemma-3-27b-it", .none, false),
    ])
    func knowsModels(_ name: String, _ thinking: GeminiModel.Thinking, combinesTools: Bool) {
        #expect(GeminiModel(name).thinking == thinking)
        #expect(GeminiModel(name).combinesTools == combinesTools)
    }

    @Test(arguments: [
        ("gemini-3-pro-preview", "low", "high"), ("gemini-3.1-pro-preview", "low", "medium"),
        ("gemini-3-flash-preview", "minimal", "medium"), ("gemini-3.1-flash-lite", "minimal", "medium"),
        ("gemini-3.6-flash", "minimal", "medium"), ("gemini-3.7-flash", "low", "medium"),
        ("gemini-3.8-flash", "low", "medium"), ("gemini-4-hydrogen", "low", "medium"),
        ("gemini-flash-latest", "low", "medium"),
    ])
    func knowsTheLevelsOfThinking(_ name: String, _ lowest: String, _ medium: String) {
        #expect(GeminiModel(name).lowestLevel == lowest)
        #expect(GeminiModel(name).mediumLevel == medium)
    }
}
