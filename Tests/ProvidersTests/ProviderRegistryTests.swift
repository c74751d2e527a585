import Core
import HTTPClient
import Plans
import TestSupport
import Testing

@testable import Providers

/// Which provider answers for a model, and what is said when none can.
@Suite(.timeLimit(.minutes(1)))
struct ProviderRegistryTests {
    private let plan = PlanSource(
        path: "plan.yaml", text: "", files: ["clerk.yaml": "answers: [{ text: hello }]", "broken.yaml": "answers: 1"])

    private func registry(
        _ settings: [String: ProviderSettings] = [:], environment: [String: String] = [:]
    ) throws -> ProviderRegistry {
        try ProviderRegistry(settings: settings, client: HTTPClient(userAgent: "t")) { environment[$0] }
    }

    private func failure(_ registry: ProviderRegistry, _ model: String) throws -> SignalboxError? {
        #expect(throws: SignalboxError.self) {
            try registry.provider(for: try registry.modelName(model), plan: plan)
        }
    }

    @Test func knowsOpenAIAndScriptsAndTheSettings() throws {
        let registry = try registry(["ollama": ProviderSettings(baseURL: "http://localhost:11434/v1")])
        #expect(registry.names == ["ollama", "openai", "script"])
        #expect(try registry.provider(for: registry.modelName("ollama/qwen3:8b"), plan: plan).name == "ollama")
        #expect(try registry.provider(for: registry.modelName("script/clerk.yaml"), plan: plan).name == "script")
        let unknown = #expect(throws: SignalboxError.self) { try registry.modelName("gemini/x") }
        #expect(unknown?.hint?.contains("ollama, openai, script") == true)
    }

    @Test func namesAKeyThatIsNotSet() throws {
        for environment in [[:], ["OPENAI_API_KEY": " \n"]] {
            let error = try failure(try registry(environment: environment), "openai/gpt-5-mini")
            #expect(error?.code == .configuration)
            #expect(error?.message.contains("the environment variable OPENAI_API_KEY is not set") == true)
        }
    }

    @Test func neverRepeatsAKey() throws {
        let error = try failure(try registry(environment: ["OPENAI_API_KEY": "sk-\u{1}secret"]), "openai/gpt-5-mini")
        #expect(error?.message.contains("OPENAI_API_KEY does not hold a key") == true)
        #expect(error?.description.contains("secret") == false)
    }

    @Test func takesTheKeyFromTheNamedVariable() async throws {
        try await RecordedModelServer.serving([.stream(ChatCompletionFixtures.stream)]) { server in
            let settings = ProviderSettings(baseURL: server.baseURL, keyVariable: "GATEWAY_KEY")
            let registry = try registry(
                ["gateway": settings], environment: ["GATEWAY_KEY": "abc\n", "OPENAI_API_KEY": "wrong"])
            let model = try registry.modelName("gateway/gpt-5-mini")
            let request = ModelRequest(model: model, messages: [Message(.user, "Hello")])
            _ = try await registry.provider(for: model, plan: plan).respond(to: request) { _ in }
            #expect(server.requests.first?.headers["authorization"] == "Bearer abc")
        }
    }

    @Test func sendsOpenAIsKeyToNobodyElse() throws {
        let registry = try registry(["lan": ProviderSettings(baseURL: "http://10.0.0.1:8000/v1")])
        #expect(try registry.provider(for: registry.modelName("lan/m"), plan: plan).name == "lan")
    }

    @Test(arguments: ["script", "", "a/b", "a b"])
    func refusesNames(_ name: String) {
        let error = #expect(throws: SignalboxError.self) {
            try registry([name: ProviderSettings(baseURL: "http://localhost/v1")])
        }
        #expect(error?.code == .configuration)
    }

    @Test func namesAScriptThatIsMissingOrWrong() throws {
        let registry = try registry()
        let missing = try failure(registry, "script/cleric.yaml")
        #expect(missing?.code == .notFound)
        #expect(missing?.message == "The script \"cleric.yaml\" did not come with the plan plan.yaml.")
        let wrong = try failure(registry, "script/broken.yaml")
        #expect(wrong?.code == .invalidPlan)
        #expect(wrong?.diagnostics.first?.place == .source(file: "broken.yaml", line: 1, column: 10))
    }
}
