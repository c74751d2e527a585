internal import Core
internal import Executors
internal import MCP
internal import Plans
internal import Providers
internal import Secrets
internal import Store
internal import Synchronization

/// Who is outside: providers of models and servers of tools, as the settings of the start say it.
extension Runtime {
    /// How long a test may take.
    private static let testMaximum = Duration.seconds(20)
    /// What is asked of a model when it is tested, and how many tokens it may answer.
    private static let testQuestion = "Answer with the word ok."
    private static let testTokensMaximum = 64

    /// All providers, by name.
    public func providers() async throws -> [ProviderState] {
        let all = configuration.providers.merging(ProviderSettings.known) { own, _ in own }
        let used = try await taskCounts(.model).map(\.value.text)
        let named = [configuration.defaultModel, configuration.agents.loopModel].compactMap(\.self)
        var states: [ProviderState] = []
        for (name, settings) in all.sorted(by: { $0.key < $1.key }) {
            var models: [String] = []
            for model in named + used where model.hasPrefix(name + "/") && !models.contains(model) {
                models.append(model)
            }
            var state = ProviderState(
                name: name, kind: settings.kind.rawValue, baseURL: settings.baseURL,
                keyPlace: settings.key?.description,
                isReady: true, isConfigured: configuration.providers[name] != nil, models: models)
            do {
                try await self.models.checkSecrets(ofProvider: name)
            } catch let error as SignalboxError {
                (state.isReady, state.problem) = (false, error.message)
            }
            states.append(state)
        }
        return states
    }

    /// Asks a model of a provider for a word, which costs a few tokens that no task counts.
    /// - Parameter model: as `provider/model` or without the provider; nil for one that settings or tasks name.
    /// - Throws: `SignalboxError`: `not_found`, or `invalid_input` when nothing says which model.
    public func testProvider(_ name: String, model: String?) async throws -> (model: String, test: ConnectionTest) {
        let (asked, test) = try await ask(name, model: model)
        tests.keep(KeptTest(test: test, asked: asked, at: configuration.time.now), of: .provider, name)
        return (asked, test)
    }

    private func ask(_ name: String, model: String?) async throws -> (model: String, test: ConnectionTest) {
        let providers = try await providers()
        guard let provider = providers.first(where: { $0.name == name }) else {
            throw SignalboxError(
                .notFound, "There is no provider \"\(name.prefix(80))\".",
                hint: servers.names.contains(name)
                    ? "It is an MCP server: `signalbox providers test --mcp \(name)` asks it."
                    : Suggestion.hint(for: name, among: providers.map(\.name), called: "the providers are"))
        }
        let asked = model.map { $0.hasPrefix(name + "/") ? $0 : "\(name)/\($0)" } ?? provider.models.first
        guard let asked else {
            throw SignalboxError(
                .invalidInput, "Nothing says which model of \(name) is to be asked.", at: .pointer("/model"),
                hint: "Name one; `signalbox prices list --provider \(name)` lists those that have a price.")
        }
        let modelName = try models.modelName(asked)
        let checks: [ConnectionTest.Name] = [.secrets, .nameResolution, .connection, .authentication, .model]
        let began = ContinuousClock.now
        do {
            let answer = try await ConnectionTest.withTimeout(Self.testMaximum) { [models] in
                let provider = try await models.provider(for: modelName, plan: PlanSource(path: "test", text: ""))
                let request = ModelRequest(
                    model: modelName, messages: [Message(.user, Self.testQuestion)],
                    outputTokensMaximum: Self.testTokensMaximum)
                return try await provider.respond(to: request) { _ in }
            }
            let text = answer.text.trimmed
            let test = ConnectionTest(
                checks, found: [.model: text.isEmpty ? "It answered." : "It answered: \(text)"],
                milliseconds: began.milliseconds)
            return (asked, await withoutSecrets(test))
        } catch let error as CutResponse {
            let test = ConnectionTest(checks, failed: .model, because: error.error, milliseconds: began.milliseconds)
            return (asked, await withoutSecrets(test))
        } catch let error as SignalboxError {
            let (failed, hidden) = ConnectionTest.failure(error, last: .model)
            let test = ConnectionTest(
                checks, failed: failed, because: error, hidden: hidden, milliseconds: began.milliseconds)
            return (asked, await withoutSecrets(test))
        }
    }

    /// What those outside have said may hold what they were sent: keys, and the secrets of headers.
    private func withoutSecrets(_ test: ConnectionTest) async -> ConnectionTest {
        do {
            return test.redacted(by: try await secrets.redactor())
        } catch {
            // What cannot be known cannot be hidden.
            return test.redacted { _ in "It cannot be shown, for the stored secrets cannot be read." }
        }
    }

    /// All MCP servers, in the order of the settings.
    public func toolServers() async -> [ToolServerState] {
        var states: [ToolServerState] = []
        for server in configuration.mcpServers {
            var state = ToolServerState(
                name: server.name, transport: server.transport.name, place: server.transport.place, state: .idle)
            switch await servers.state(of: server.name) {
            case .idle: break
            case .connected: state.state = .connected
            case .failed(let reason): (state.state, state.problem) = (.failed, reason)
            }
            states.append(state)
        }
        return states
    }

    /// Reaches an MCP server, starting its program if need be, and asks for its tools.
    /// - Throws: `SignalboxError` with code `not_found`.
    public func testToolServer(_ name: String) async throws -> ConnectionTest {
        let test = try await reach(name)
        tests.keep(KeptTest(test: test, asked: nil, at: configuration.time.now), of: .toolServer, name)
        return test
    }

    private func reach(_ name: String) async throws -> ConnectionTest {
        guard servers.names.contains(name) else {
            throw SignalboxError(
                .notFound, "There is no MCP server \"\(name.prefix(80))\" in the settings.",
                hint: servers.names.isEmpty
                    ? "Add it to mcp_servers in signalbox.yaml."
                    : Suggestion.hint(for: name, among: servers.names, called: "there are"))
        }
        let checks: [ConnectionTest.Name] = [.secrets, .connection, .tools]
        let began = ContinuousClock.now
        let reached = Reached()
        do {
            let found = try await ConnectionTest.withTimeout(Self.testMaximum) { [servers] in
                let connections = try await servers.connections(to: name)
                reached.note(.secrets)
                let description = try await connections.description(of: name)
                reached.note(.connection)
                let tools = try await connections.tools(of: name)
                let names = tools.isEmpty ? [] : [tools.map(\.name).joined(separator: ", ")]
                let software = [description.softwareName, description.softwareVersion].compactMap { $0?.trimmed }
                    .filter { !$0.isEmpty }
                let words = (software.isEmpty ? ["it"] : software).joined(separator: " ")
                return [
                    ConnectionTest.Name.connection: "\(words), by revision \(description.revision)",
                    .tools: ([tools.count == 1 ? "1 tool" : "\(tools.count) tools"] + names).joined(separator: ": "),
                ]
            }
            return await withoutSecrets(ConnectionTest(checks, found: found, milliseconds: began.milliseconds))
        } catch let error as SignalboxError {
            return await withoutSecrets(
                ConnectionTest(
                    checks, failed: checks.first { !reached.has($0) }, because: error,
                    milliseconds: began.milliseconds))
        }
    }
}

/// How far a test has come.
private final class Reached: Sendable {
    private let checks = Mutex<Set<ConnectionTest.Name>>([])

    func note(_ check: ConnectionTest.Name) { checks.withLock { _ = $0.insert(check) } }

    func has(_ check: ConnectionTest.Name) -> Bool { checks.withLock { $0.contains(check) } }
}

extension ContinuousClock.Instant {
    /// How long ago it was.
    fileprivate var milliseconds: Int64 { Int64(duration(to: .now) / .milliseconds(1)) }
}

extension MCPServerConfiguration.Transport {
    fileprivate var name: String {
        switch self {
        case .stdio: "stdio"
        case .http: "http"
        }
    }

    /// Where it is, without what may be a secret: arguments of the program; user, password and query of the address.
    fileprivate var place: String {
        switch self {
        case .stdio(let command, _, _): return command.first ?? ""
        case .http(let url, _):
            let bare = url.prefix { $0 != "?" && $0 != "#" }
            guard let start = bare.firstRange(of: "://")?.upperBound,
                let at = bare[start...].prefix(while: { $0 != "/" }).lastIndex(of: "@")
            else { return String(bare) }
            return String(bare[..<start] + bare[bare.index(after: at)...])
        }
    }
}
