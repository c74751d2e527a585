import Core
import Testing

@testable import Providers

/// Names of models, and addresses of providers.
@Suite(.timeLimit(.minutes(1)))
struct ModelNameTests {
    static let providers = ["openai", "ollama", "script"]

    @Test(arguments: [
        ("openai/gpt-5-mini", "openai", "gpt-5-mini"), ("ollama/library/qwen3:8b", "ollama", "library/qwen3:8b"),
        ("script/answers/clerk.yaml", "script", "answers/clerk.yaml"),
    ])
    func reads(_ text: String, _ provider: String, _ model: String) throws {
        let name = try ModelName(parsing: text, providers: Self.providers)
        #expect(name == ModelName(provider: provider, model: model))
        #expect(name.description == text)
    }

    @Test(arguments: [
        ("gpt-5-mini", "does not say which provider", "openai/gpt-5-mini"), ("", "does not say", "provider/model"),
        ("openai", "is a provider, and not yet a model", "openai/MODEL"),
        ("ollama", "is a provider", "`signalbox prices list --provider ollama`"),
        ("/gpt", "is not the name of a model", "provider/model"), ("openai/", "is not the name", "provider/model"),
        ("openai/gpt 5", "is not the name", "without spaces"), ("openai/a\nb", "is not the name", "without spaces"),
        ("opnai/gpt-5", "There is no provider \"opnai\"", "Known providers: ollama, openai, script."),
    ])
    func refuses(_ text: String, _ message: String, _ hint: String) {
        let error = #expect(throws: SignalboxError.self) { try ModelName(parsing: text, providers: Self.providers) }
        #expect(error?.code == .invalidInput)
        #expect(error?.message.contains(message) == true)
        #expect(error?.hint?.contains(hint) == true)
    }

    @Test(arguments: [
        ("https://api.openai.com/v1", "api.openai.com", false), ("http://localhost:11434/v1/", "localhost", true),
        ("http://127.1.2.3", "127.1.2.3", true), ("HTTP://[::1]:80/v1", "::1", true),
        ("http://127.0.0.1.example.com/v1", "127.0.0.1.example.com", false),
        ("http://10.0.0.1:8000", "10.0.0.1", false),
        ("https://localhost.example.com", "localhost.example.com", false),
    ])
    func readsBaseURL(_ text: String, _ host: String, _ isLoopback: Bool) throws {
        let url = try BaseURL(parsing: text, provider: "p")
        #expect(url.host == host)
        #expect(url.isLoopback == isLoopback)
        #expect(!url.text.hasSuffix("/"))
    }

    @Test(arguments: [
        ("api.openai.com/v1", "must begin with"), ("ftp://x", "must begin with"), ("https://", "has no host"),
        ("https:///v1", "has no host"), ("https://:80/v1", "has no host"),
        ("http://host:99999/v1", "no address that can be connected to"),
        ("http://host:port/v1", "no address that can be connected to"),
        ("https://me:pass@host/v1", "user name or password"),
        ("https://host/v1?key=a", "query"), ("https://host/a b", "character"), ("https://host/\r\nX: y", "character"),
    ])
    func refusesBaseURL(_ text: String, _ message: String) {
        let error = #expect(throws: SignalboxError.self) { try BaseURL(parsing: text, provider: "p") }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains(message) == true)
        #expect(error?.description.contains("pass@") == false)
    }
}
