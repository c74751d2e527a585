internal import Core
internal import Engine
public import Plans
public import Store

/// The library of agents: immutable versions, found by name or by hash.
extension Runtime {
    /// Keeps a version of an agent: from now on its name stands for this one.
    public func save(_ agent: LibraryAgent, if condition: VersionCondition? = nil) async throws {
        try await journal.save(
            AgentRow(
                hash: agent.hash, name: agent.name, summary: agent.summary, path: agent.source.path,
                text: agent.source.text, files: agent.source.files, savedAt: configuration.time.now, isListed: true),
            if: condition)
    }

    /// Hides an agent: its name finds it no longer. Its versions stay, for those who name one by its hash.
    /// - Throws: `SignalboxError` with code `not_found`.
    public func archiveAgent(_ name: String, if condition: VersionCondition? = nil) async throws {
        do {
            try await journal.archiveAgent(name, if: condition)
        } catch let error as SignalboxError where error.code == .notFound {
            throw SignalboxError.noAgent(name, known: try await store.agents().map(\.name))
        }
    }

    /// An agent of the library.
    /// - Parameter version: the hash of a version, also of an archived one, or its first digits; nil for the latest.
    /// - Throws: `SignalboxError` with code `not_found`, `conflict` where several versions begin with the digits.
    public func agent(named name: String, version: String? = nil) async throws -> AgentRow {
        guard let version else {
            if let agent = try await store.agent(named: name) { return agent }
            throw SignalboxError.noAgent(name, known: try await store.agents().map(\.name))
        }
        if let hash = ContentHash(rawValue: version), let agent = try await store.agent(hash), agent.name == name {
            return agent
        }
        guard version.utf8.count >= Self.digitsMinimum else { throw SignalboxError.noVersion(version, of: name) }
        let found = try await store.agentVersions(of: name).filter { $0.hash.rawValue.hasPrefix(version) }
        guard let agent = found.first else { throw SignalboxError.noVersion(version, of: name) }
        guard found.count == 1 else {
            throw SignalboxError(
                .conflict, "Several versions of the agent \"\(name)\" begin with \"\(version)\".",
                hint: "Give more digits of the hash.")
        }
        return agent
    }

    /// With fewer digits of a hash it would hardly be sure which version is meant.
    private static let digitsMinimum = 4

    /// All versions of an agent, also of an archived one; the one saved last first.
    /// - Throws: `SignalboxError` with code `not_found` when there never was one.
    public func versions(ofAgent name: String) async throws -> [AgentRow] {
        let versions = try await store.agentVersions(of: name)
        guard versions.isEmpty else { return versions }
        throw SignalboxError.noAgent(name, known: try await store.agents().map(\.name))
    }

    /// The plan of that source, with the agents of the library that it names as they are now.
    /// - Throws: `SignalboxError`: `invalid_plan`, or `not_found` for an agent that is not in the library.
    func executable(_ source: PlanSource) async throws -> ExecutablePlan {
        let executable = try plans.plan(source)
        var complete = source
        for reference in executable.plan.missingAgents {
            let agent = try await agent(named: reference.name, version: reference.version?.rawValue)
            complete = complete.bringing(agent.source, for: reference)
        }
        return executable.plan.missingAgents.isEmpty ? executable : try plans.plan(complete)
    }
}

extension JournalWriter {
    /// The same for a task that the journal makes by itself.
    func executable(_ source: PlanSource) throws -> ExecutablePlan {
        let executable = try plans.plan(source)
        var complete = source
        for reference in executable.plan.missingAgents {
            let agent = try reference.version.map { try store.agent($0) } ?? store.agent(named: reference.name)
            guard let agent, agent.name == reference.name else {
                throw reference.version.map { SignalboxError.noVersion($0.rawValue, of: reference.name) }
                    ?? SignalboxError.noAgent(reference.name, known: [])
            }
            complete = complete.bringing(agent.source, for: reference)
        }
        return executable.plan.missingAgents.isEmpty ? executable : try plans.plan(complete)
    }
}

extension AgentRow {
    /// The document, as the reader of agents takes it.
    public var source: PlanSource { PlanSource(path: path, text: text, files: files) }
}

extension SignalboxError {
    fileprivate static func noAgent(_ name: String, known: [String]) -> SignalboxError {
        SignalboxError(
            .notFound, "There is no agent \"\(name.prefix(64))\" in the library.",
            hint: Suggestion.hint(for: name, among: known, called: "its agents are")
                ?? "`signalbox agents save FILE` puts one into it.")
    }

    fileprivate static func noVersion(_ version: String, of name: String) -> SignalboxError {
        SignalboxError(
            .notFound, "The agent \"\(name.prefix(64))\" has no version \"\(version.prefix(64))\".",
            hint: "`signalbox agents versions \(name.prefix(64))` lists them; the first digits of a hash are enough.")
    }
}
