public import Core
internal import HTTPClient
internal import Prices
internal import Processes
internal import Providers
internal import Secrets

/// What the settings name: files of settings and prices, providers, MCP servers. Nobody is asked, no program is started.
extension Doctor {
    /// What is wrong with a settings file that cannot be used, a finding for each mistake.
    public static func findings(ofSettings error: SignalboxError) -> [Finding] {
        findings("settings", error)
    }

    /// Each provider of the settings, and those of which settings name a model: whether what it needs is there.
    static func providers(_ settings: Settings, _ secrets: SecretSource) async -> [Finding] {
        let all = settings.providers.merging(ProviderSettings.known) { own, _ in own }
        let named = [settings.defaultModel, settings.agents.loopModel].compactMap { model in
            model.map { String($0.prefix { $0 != "/" }) }
        }
        var findings: [Finding] = []
        for name in Set(named).union(settings.providers.keys).sorted() {
            guard let provider = all[name] else { continue }
            var finding = Finding(name: "provider \(name)", state: .fine, detail: provider.baseURL)
            finding.detail += provider.key.map { ", key from \($0)" } ?? ", without a key"
            await finding.check(provider.secrets, settings, secrets)
            if finding.state == .fine {
                do {
                    let registry = try ProviderRegistry(
                        settings: settings.providers, client: HTTPClient(userAgent: Version.userAgent),
                        secrets: secrets)
                    try await registry.checkSecrets(ofProvider: name)
                } catch {
                    finding.take(error, as: .failed)
                }
            }
            findings.append(finding)
        }
        return findings
    }

    /// The lists of prices in the data directory.
    static func prices(_ directory: DataDirectory) -> Finding {
        do {
            let table = try PriceFiles.table(in: directory.path)
            let own = table.documents.dropLast().map { "\($0.models.count) models of \($0.name)" }
            let detail = (own + ["those that came with the program"]).joined(separator: ", then ")
            return Finding(name: "prices", state: .fine, detail: detail)
        } catch {
            var finding = Finding(name: "prices", state: .failed, detail: "")
            finding.take(error, as: .failed)
            finding.hint =
                [finding.hint, "Until then no engine starts."].compactMap(\.self)
                .joined(separator: " ")
            return finding
        }
    }

    /// Each MCP server of the settings: whether its program is there, and what it needs.
    static func mcpServers(_ settings: Settings, _ secrets: SecretSource) async -> [Finding] {
        var findings: [Finding] = []
        for server in settings.mcpServers {
            var finding = Finding(name: "MCP server \(server.name)", state: .fine, detail: "")
            switch server.transport {
            case .http(let url, _): finding.detail = url
            case .stdio(let command, _, let directory):
                do {
                    finding.detail = try await onOwnThread("doctor") {
                        try requirePlace(of: command.first ?? "", in: directory)
                        let home = try FileSystem.resolve(directory ?? "/")
                        return try ProcessSpec(
                            arguments: command, directory: home, environment: server.searchPath
                        ).resolveProgram()
                    }
                } catch {
                    finding.take(error, as: .failed)
                }
            }
            if finding.state == .fine { await finding.check(server.secrets, settings, secrets) }
            findings.append(finding)
        }
        return findings
    }

    /// Refuses a program whose path begins in the directory that a server has for itself, where it cannot be.
    private static func requirePlace(of program: String, in directory: String?) throws {
        guard directory == nil, program.contains("/"), !program.hasPrefix("/") else { return }
        throw SignalboxError(
            .notFound, "The program \"\(program)\" has a relative path, and nothing says from where.",
            hint: "Write the full path, or say with \"directory\" where it starts.")
    }

    private static func findings(_ name: String, _ error: SignalboxError) -> [Finding] {
        guard !error.diagnostics.isEmpty else {
            return [Finding(name: name, state: .failed, detail: error.message, hint: error.hint)]
        }
        return error.diagnostics.map {
            Finding(name: name, state: .failed, detail: "\($0.place): \($0.message)", hint: $0.hint)
        }
    }
}

extension Doctor.Finding {
    /// Says what is wrong instead of how it is.
    fileprivate mutating func take(_ error: any Error, as state: Doctor.State) {
        let error = error as? SignalboxError
        self.state = state
        let place = error?.place.map { "\($0): " } ?? ""
        detail = place + (error?.message ?? "It cannot be read.")
        if let found = error?.diagnostics, !found.isEmpty {
            detail += " " + found.map { "\($0.place): \($0.message)" }.joined(separator: "; ")
        }
        hint = error?.diagnostics.first?.hint ?? error?.hint
    }

    /// Looks for secrets and shows none. A variable that is missing here may be there for the server; a file or a secret of
    /// the store is missing for it too.
    fileprivate mutating func check(
        _ references: [SecretReference], _ settings: Settings, _ source: SecretSource
    ) async {
        for reference in references {
            do {
                _ = try await source.value(of: reference)
            } catch {
                var place = reference
                if case .secret(let name) = reference, let declared = settings.declaredSecrets[name] {
                    place = declared
                }
                if case .environment = place { take(error, as: .warning) } else { take(error, as: .failed) }
                return
            }
        }
    }
}

extension MCPServerConfiguration {
    /// Where the secrets are that it is given.
    fileprivate var secrets: [SecretReference] {
        let fields =
            switch transport {
            case .stdio(_, let environment, _): environment
            case .http(_, let headers): headers
            }
        return fields.compactMap { field in
            if case .secret(let reference, _) = field.value { reference } else { nil }
        }
    }

    /// Where its program is looked for, if the settings say so.
    fileprivate var searchPath: [(name: String, value: String)] {
        guard case .stdio(_, let environment, _) = transport else { return [] }
        return environment.compactMap { field in
            guard field.name == "PATH", case .literal(let text) = field.value else { return nil }
            return (field.name, text)
        }
    }
}
