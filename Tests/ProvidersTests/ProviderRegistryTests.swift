import Core
import HTTPClient
import Plans
import Secrets
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
        try ProviderRegistry(
            settings: settings, client: HTTPClient(userAgent: "t"),
            secrets: SecretSource(environment: { environment[$0] }))
    }

    private func failure(_ registry: ProviderRegistry, _ model: String) async throws -> SignalboxError? {
        await #expect(throws: SignalboxError.self) {
            try await registry.provider(for: try registry.modelName(model), plan: plan)
        }
    }

    @Test func knowsTheLargeOnesAndScriptsAndTheSettings() async throws {
        let registry = try registry(["ollama": ProviderSettings(baseURL: "http://localhost:11434/v1")])
        #expect(registry.names == ["anthropic", "gemini", "ollama", "openai", "script"])
        #expect(try await registry.provider(for: registry.modelName("ollama/qwen3:8b"), plan: plan).name == "ollama")
        #expect(try await registry.provider(for: registry.modelName("script/clerk.yaml"), plan: plan).name == "script")
        let unknown = #expect(throws: SignalboxError.self) { try registry.modelName("nobody/x") }
        #expect(unknown?.hint?.contains("anthropic, gemini, ollama, openai, script") == true)
    }

    @Test func namesAKeyThatIsNotSet() async throws {
        for environment in [[:], ["OPENAI_API_KEY": " \n"]] {
            let error = try await failure(try registry(environment: environment), "openai/gpt-5-mini")
            #expect(error?.code == .configuration)
            #expect(error?.message.contains("The environment variable OPENAI_API_KEY is not set") == true)
        }
    }

    @Test func neverRepeatsAKey() async throws {
        let error = try await failure(
            try registry(environment: ["OPENAI_API_KEY": "sk-\u{1}secret"]), "openai/gpt-5-mini")
        #expect(error?.message.contains("the environment variable OPENAI_API_KEY holds is no key") == true)
        #expect(error?.description.contains("secret") == false)
    }

    @Test func takesTheKeyFromTheNamedVariable() async throws {
        try await RecordedModelServer.serving([.stream(ChatCompletionFixtures.stream)]) { server in
            let settings = ProviderSettings(
                baseURL: server.baseURL, key: .environment("GATEWAY_KEY"),
                headers: [
                    .init(name: "X-Team", value: .literal("signals")),
                    .init(name: "X-Pass", value: .secret(.environment("PASS"), prefix: "p:")),
                ])
            let registry = try registry(
                ["gateway": settings], environment: ["GATEWAY_KEY": "abc\n", "OPENAI_API_KEY": "wrong", "PASS": "x"])
            let model = try registry.modelName("gateway/gpt-5-mini")
            let request = ModelRequest(model: model, messages: [Message(.user, "Hello")])
            _ = try await registry.provider(for: model, plan: plan).respond(to: request) { _ in }
            #expect(server.requests.first?.headers["authorization"] == "Bearer abc")
            #expect(server.requests.first?.headers["x-team"] == "signals")
            #expect(server.requests.first?.headers["x-pass"] == "p:x")
        }
    }

    @Test(arguments: [
        ("qwen3:8b", 32_000), ("qwen3:8b-long", 1_000_000), ("gpt", nil), ("a-b", 5), ("axb", 5), ("ab", 5),
        ("aXa", nil),
    ])
    func knowsContextWindowsByPattern(model: String, tokens: Int?) {
        let patterns = [("qwen*-long", 1_000_000), ("qwen*", 32_000), ("a*b", 5)]
        let settings = ProviderSettings(
            baseURL: "http://x", contextWindows: patterns.map { ContextWindow(pattern: $0.0, tokens: $0.1) })
        #expect(settings.contextWindow(of: model) == tokens)
    }

    private static let lan = "http://10.0.0.1:8000/v1"

    @Test(
        arguments: [
            ("openai/gpt-5-search-api", nil, nil), ("openai/gpt-4o-mini-search-preview", nil, nil),
            ("openai/gpt-5-mini", nil, "only OpenAI's search models do"),
            ("openai/gpt-5-mini", ProviderSettings(kind: .openAIResponses, baseURL: "https://api.openai.com/v1"), nil),
            ("anthropic/claude-opus-5-5", nil, nil), ("gemini/gemini-3-pro", nil, nil), ("script/a.yaml", nil, nil),
            ("lan/gpt-5-search-api", ProviderSettings(baseURL: lan), "is not known"),
            ("lan/qwen3", ProviderSettings(baseURL: lan, webSearch: .available), nil),
            (
                "anthropic/claude-opus-5-5",
                ProviderSettings(kind: .anthropic, baseURL: lan, webSearch: WebSearchSupport.none),
                "does not search the web"
            ),
        ] as [(String, ProviderSettings?, String?)])
    func `searches are refused where nobody would make them`(
        model: String, settings: ProviderSettings?, refusal: String?
    ) throws {
        let provider = String(model.prefix { $0 != "/" })
        let registry = try registry(settings.map { [provider: $0] } ?? [:])
        let name = try registry.modelName(model)
        guard let refusal else {
            #expect(throws: Never.self) { try registry.checkWebSearch(of: name) }
            return
        }
        let error = #expect(throws: SignalboxError.self) { try registry.checkWebSearch(of: name) }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains(refusal) == true)
        #expect(error?.hint?.contains("signalbox.yaml") == true)
    }

    @Test func sendsOpenAIsKeyToNobodyElse() async throws {
        let registry = try registry(["lan": ProviderSettings(baseURL: "http://10.0.0.1:8000/v1")])
        #expect(try await registry.provider(for: registry.modelName("lan/m"), plan: plan).name == "lan")
    }

    @Test(arguments: ["script", "", "a/b", "a b"])
    func refusesNames(_ name: String) {
        let error = #expect(throws: SignalboxError.self) {
            try registry([name: ProviderSettings(baseURL: "http://localhost/v1")])
        }
        #expect(error?.code == .configuration)
    }

    @Test func namesAScriptThatIsMissingOrWrong() async throws {
        let registry = try registry()
        let missing = try await failure(registry, "script/cleric.yaml")
        #expect(missing?.code == .notFound)
        #expect(missing?.message == "The script \"cleric.yaml\" did not come with the plan plan.yaml.")
        let wrong = try await failure(registry, "script/broken.yaml")
        #expect(wrong?.code == .invalidPlan)
        #expect(wrong?.diagnostics.first?.place == .source(file: "broken.yaml", line: 1, column: 10))
    }
}
