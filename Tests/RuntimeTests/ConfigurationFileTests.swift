import Core
import Providers
import Secrets
import TestSupport
import Testing

@testable import Runtime

/// Providers, MCP servers and secrets as `signalbox.yaml` says them.
@Suite(.timeLimit(.minutes(1)))
struct ConfigurationFileTests {
    private func read(_ text: String) throws -> ConfigurationFile {
        try ConfigurationFile(text: text, path: "/etc/signalbox/signalbox.yaml")
    }

    private func mistakes(_ text: String) -> [String] {
        let error = #expect(throws: SignalboxError.self) { try read(text) }
        return error?.diagnostics.map { finding in
            guard case .source(_, let line, let column) = finding.place else { return "no place" }
            return "\(line):\(column) \(finding.message)"
        } ?? []
    }

    @Test func `providers are read, and known ones keep what is not said`() throws {
        let file = try read(
            """
            providers:
              openai: { key: { secret: OPENAI }, context_window: 400000 }
              anthropic: { base_url: "http://proxy/x" }
              gateway:
                kind: anthropic
                key: { file: keys/gateway }
                headers: { X-Team: signals, X-Pass: { env: PASS, prefix: "Basic " } }
                context_window: { "small-*": 8000, "*": 200000 }
              local: { base_url: "http://127.0.0.1:11434/v1" }
              mine: { kind: openai-responses, base_url: "https://mine/v1", key: { env: MINE } }
            """)
        #expect(file.providers["openai"]?.key == .secret("OPENAI"))
        #expect(file.providers["openai"]?.baseURL == "https://api.openai.com/v1")
        #expect(file.providers["openai"]?.contextWindow(of: "any") == 400_000)
        #expect(
            file.providers["anthropic"] == ProviderSettings(kind: .anthropic, baseURL: "http://proxy/x"),
            "The official key is not sent elsewhere.")
        #expect(
            file.providers["gateway"]
                == ProviderSettings(
                    kind: .anthropic, baseURL: "https://api.anthropic.com/v1",
                    key: .file("/etc/signalbox/keys/gateway"),
                    headers: [
                        .init(name: "X-Team", value: .literal("signals")),
                        .init(name: "X-Pass", value: .secret(.environment("PASS"), prefix: "Basic ")),
                    ],
                    contextWindows: [
                        ContextWindow(pattern: "small-*", tokens: 8_000), ContextWindow(pattern: "*", tokens: 200_000),
                    ]))
        #expect(file.providers["local"] == ProviderSettings(baseURL: "http://127.0.0.1:11434/v1"))
        #expect(file.providers["mine"]?.kind == .openAIResponses)
    }

    @Test(
        arguments: [
            ("a: { base_url: \"http://a/v1\", web_search: true }", .available),
            ("openai: { web_search: false }", WebSearchSupport.none), ("openai: {}", nil),
            ("anthropic: { web_search: web_search_20260318 }", .version("web_search_20260318")),
            ("b: { web_search: web_search_20250305, kind: anthropic }", .version("web_search_20250305")),
        ] as [(String, WebSearchSupport?)])
    func `how a provider searches is read`(text: String, expected: WebSearchSupport?) throws {
        let provider = try #require(try read("providers:\n  \(text)\n").providers.values.first)
        #expect(provider.webSearch == expected)
    }

    @Test func `MCP servers are read, and get their secrets when they are used`() async throws {
        let file = try read(
            """
            mcp_servers:
              files:
                command: [npx, server, --root, .]
                env: { ROOT: /srv, TOKEN: { env: FILES_TOKEN } }
                directory: work
                timeout: 30s
                trust_hints: true
              issues:
                url: https://example.org/mcp
                headers: { Authorization: { secret: ISSUES, prefix: "Bearer " } }
            secrets: { ISSUES: { env: ISSUES_TOKEN }, OTHER: { file: /run/other } }
            """)
        #expect(file.mcpServers.map(\.name) == ["files", "issues"])
        #expect(file.mcpServers.map(\.timeoutMilliseconds) == [30_000, 60_000])
        #expect(file.mcpServers.map(\.trustsHints) == [true, false])
        #expect(file.secrets == ["ISSUES": .environment("ISSUES_TOKEN"), "OTHER": .file("/run/other")])
        let secrets = SecretSource(declared: file.secrets) { "value of \($0)" }
        #expect(
            try await file.mcpServers[0].resolved(by: secrets)
                == .stdio(
                    command: ["npx", "server", "--root", "."],
                    environment: [
                        .init(name: "ROOT", value: "/srv"), .init(name: "TOKEN", value: "value of FILES_TOKEN"),
                    ], directory: "/etc/signalbox/work"))
        #expect(
            try await file.mcpServers[1].resolved(by: secrets)
                == .http(
                    url: "https://example.org/mcp",
                    headers: [.init(name: "Authorization", value: "Bearer value of ISSUES_TOKEN")]))
    }

    @Test(arguments: [
        ("providers: { a: {} }", ["1:14 the provider \"a\" has no base_url"]),
        (
            "providers: { a: { kind: magic, base_url: x } }",
            [
                "1:25 \"kind\" must be one of openai, openai-responses, anthropic, gemini",
                "1:42 \"base_url\" must begin with https:// or http://",
            ]
        ),
        (
            "providers: { openai: { base_url: \"https://\" } }\ndefault_model: openai/gpt-5-mini",
            ["1:34 \"base_url\" has no host"]
        ),
        (
            "providers: { a: { base_url: \"http://host:99999/v1\" } }",
            ["1:29 \"base_url\" is no address that can be connected to"]
        ),
        (
            "providers: { a: { base_url: \"https://me:pass@host/v1\" } }",
            ["1:29 \"base_url\" must not hold a user name or password"]
        ),
        (
            "providers: { script: { base_url: \"http://h/v1\" } }",
            ["1:14 \"script\" cannot be the name of a provider"]
        ),
        (
            "providers: { \"a/b\": { base_url: \"http://h/v1\" } }",
            ["1:14 \"a/b\" cannot be the name of a provider"]
        ),
        (
            "default_model: opnai/gpt-5-mini\nloop_model: small\nproviders: { lan: { base_url: \"http://h/v1\" } }",
            [
                "2:13 \"loop_model\" must be a model as provider/model, or none",
                "1:16 \"default_model\": There is no provider \"opnai\" for the model \"gpt-5-mini\"",
            ]
        ),
        ("providers: { openai: { key: OPENAI_API_KEY } }", ["1:29 \"key\" must say where the secret is"]),
        ("providers: { openai: { key: {} } }", ["1:29 \"key\" must have one of env, file and secret"]),
        ("providers: { openai: { key: { env: A, file: b } } }", ["1:29 \"key\" must have one of env, file and secret"]),
        (
            "providers: { openai: { key: { vault: a } } }",
            ["1:31 there is no key \"vault\" in \"key\"", "1:29 \"key\" must have one of env, file and secret"]
        ),
        ("providers: { openai: { key: { env: a-b } } }", ["1:36 \"env\" must be the name of a variable"]),
        ("providers: { openai: { headers: { \"a b\": c } } }", ["1:35 \"a b\" cannot be the name of a header field"]),
        (
            "providers: { openai: { headers: { Authorization: \"Basic YWRhOnB3\" } } }",
            ["1:50 \"Authorization\" looks like a secret, which settings do not hold"]
        ),
        (
            "providers: { openai: { context_window: 0 } }",
            ["1:40 \"context_window\" must be a whole number from 1 to 100000000"]
        ),
        ("mcp_servers: { a: {} }", ["1:16 the MCP server \"a\" must have either a command or a url"]),
        (
            "mcp_servers: { a: { command: [x], url: \"http://y\" } }",
            ["1:16 the MCP server \"a\" must have either a command or a url"]
        ),
        ("mcp_servers: { a: { command: x } }", ["1:30 \"command\" must be a list of texts: [program, argument]"]),
        ("mcp_servers: { a: { command: [x], headers: {} } }", ["1:35 \"headers\" belongs to servers with a url"]),
        (
            "mcp_servers: { a: { url: \"ftp://y\" } }",
            ["1:26 \"url\" must be an address that starts with https:// or http://"]
        ),
        (
            "mcp_servers: { a: { url: \"http://y:port/mcp\" } }",
            ["1:26 \"url\" must be an address that can be connected to, such as https://example.org/mcp"]
        ),
        ("mcp_servers: { a: { url: \"http://u:p@y/\" } }", ["1:26 \"url\" must not hold a user name or password"]),
        ("mcp_servers: { \"a b\": { command: [x] } }", ["1:16 \"a b\" cannot be the name of an MCP server"]),
        (
            "mcp_servers: { a: { command: [x], timeout: 2h } }",
            ["1:44 \"timeout\" must be a duration up to 60m, such as 30s"]
        ),
        (
            "mcp_servers: { a: { command: [x], env: { KEY: \"sk-0123456789abcdef0123456789abcdef\" } } }",
            ["1:47 \"KEY\" looks like a secret, which settings do not hold"]
        ),
        (
            "mcp_servers: { a: { command: [x], trust_hints: all } }",
            ["1:48 \"trust_hints\" must be true or false"]
        ),
        (
            "providers: { openai: { web_search: web_search_20260318 } }",
            ["1:36 \"web_search\" must be true, false"]
        ),
        (
            "providers: { anthropic: { web_search: newest } }",
            [
                "1:39 \"web_search\" must be true, false, web_search_20250305, web_search_20260209, web_search_20260318"
            ]
        ),
        ("secrets: { a-b: { env: A } }", ["1:12 \"a-b\" cannot be the name of a secret"]),
        ("secrets: { A: { secret: A } }", ["1:15 \"A\" must say which variable or file holds it"]),
        ("turns: 0", ["1:8 \"turns\" must be a whole number from 1 to 100000"]),
    ])
    func `mistakes have their places`(text: String, expected: [String]) {
        #expect(mistakes(text) == expected)
    }

    @Test func `a mistake does not repeat what may be a secret`() {
        let error = #expect(throws: SignalboxError.self) {
            try read("providers: { openai: { key: sk-0123456789abcdef0123456789abcdef } }")
        }
        #expect(error?.description.contains("sk-0") == false)
    }

    @Test func `what uses a secret is known`() throws {
        let directory = try TemporaryDirectory()
        try directory.write(
            "signalbox.yaml",
            """
            providers: { openai: { key: { secret: A } } }
            mcp_servers: { files: { command: [x], env: { T: { secret: A }, U: { secret: B } } } }
            secrets: { B: { env: X } }
            """)
        let settings = try Settings.resolve(Settings.Flags(data: directory.path), environment: [:])
        try settings.secretStore.set("A", to: "some value", at: .now)
        let secrets = try settings.namedSecrets()
        #expect(secrets.map(\.name) == ["A", "B"])
        #expect(secrets.map(\.uses) == [["provider openai", "MCP server files"], ["MCP server files"]])
        #expect(secrets.map(\.place) == [nil, .environment("X")])
    }
}
