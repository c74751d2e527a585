internal import Core
internal import Engine
public import Plans
public import Store

/// The library of agents: immutable versions, found by name or by hash.
extension Runtime {
    /// Keeps a version of an agent: from now on its name stands for this one. One that is the latest already is left as it
    /// is, and an archived agent is brought back.
    /// - Throws: `SignalboxError`: `precondition_failed`, `invalid_input`.
    @discardableResult
    public func save(
        _ agent: LibraryAgent, _ note: PlanNote = PlanNote(), if condition: VersionCondition? = nil
    ) async throws -> Saving {
        guard agent.name != Self.editorName else { throw SignalboxError.isEditor("agent") }
        let author = try checked(note.author, "author", maximum: Limits.authorLengthMaximum)
        var row = AgentRow(
            hash: agent.hash, name: agent.name, summary: agent.summary, path: agent.source.path,
            text: agent.source.text, files: agent.source.files, savedAt: configuration.time.now, isListed: true,
            author: author ?? configuration.user,
            note: try checked(note.text, "note", maximum: Limits.noteLengthMaximum))
        // Who only makes an old version the latest again says nothing about it: it stays whose it was, and what is kept
        // of this time is who did it.
        if author == nil, row.note == nil, let old = try await store.agent(row.hash) {
            row.silentSaver = SilentSaver(name: row.author)
            (row.author, row.note) = (old.author, old.note)
        }
        return try await journal.save(row, if: condition)
    }

    /// Hides an agent, so that its name finds it no longer, or brings it back. Its versions stay, for those who name one by
    /// its hash.
    /// - Throws: `SignalboxError`: `not_found`, `precondition_failed`.
    public func archiveAgent(_ name: String, undo: Bool = false, if condition: VersionCondition? = nil) async throws {
        do {
            try await journal.archiveAgent(name, undo: undo, if: condition)
        } catch let error as SignalboxError where error.code == .notFound {
            throw try await noAgent(name)
        }
    }

    /// The latest versions of the agents whose name or description has the text, by name.
    /// - Parameters:
    ///   - text: nil for all.
    ///   - isArchived: the archived ones instead of the others.
    public func savedAgents(containing text: TaskSearchText?, isArchived: Bool) async throws -> [AgentRow] {
        try await store.savedAgents().filter { agent in
            agent.isListed != isArchived
                && text.map { $0.isContained(in: agent.name) || $0.isContained(in: agent.summary ?? "") } ?? true
        }
    }

    /// An agent of the library that its name finds, or one of its versions, also of an archived one.
    /// - Parameter version: the hash of a version, or its first digits; nil for the latest.
    /// - Throws: `SignalboxError`: `not_found`; `conflict` for an archived agent, or where several versions begin with the
    ///   digits.
    public func agent(named name: String, version: String? = nil) async throws -> AgentRow {
        guard let version = version?.lowercased() else {
            if let agent = try await store.agent(named: name) { return agent }
            guard try await store.latestAgent(named: name) == nil else { throw SignalboxError.isArchived(agent: name) }
            throw try await noAgent(name)
        }
        if let hash = ContentHash(rawValue: version), let agent = try await store.agent(hash), agent.name == name {
            return agent
        }
        guard version.utf8.count >= Self.digitsMinimum else { throw SignalboxError.noVersion(version, of: name) }
        let found = try await store.agentVersions(of: name, beginningWith: version, limit: 2)
        guard let hash = found.first?.hash, let agent = try await store.agent(hash) else {
            throw SignalboxError.noVersion(version, of: name)
        }
        guard found.count == 1 else {
            throw SignalboxError(
                .conflict, "Several versions of the agent \"\(name)\" begin with \"\(version)\".",
                hint: "Give more digits of the hash.")
        }
        return agent
    }

    /// A version of an agent, also of an archived one, as whoever looks after the library sees it.
    /// - Parameter version: as for `agent(named:version:)`; nil for the latest.
    /// - Returns: the version, and whether the agent is archived.
    /// - Throws: `SignalboxError`: `not_found`, `conflict` where several versions begin with the digits.
    public func savedAgent(_ name: String, version: String? = nil) async throws -> (agent: AgentRow, isArchived: Bool) {
        if let version {
            let agent = try await agent(named: name, version: version)
            return (agent, try await store.agent(named: name) == nil)
        }
        let latest = try await latestAgent(name)
        return (latest, !latest.isListed)
    }

    /// With fewer digits of a hash it would hardly be sure which version is meant.
    private static let digitsMinimum = 4

    /// The version of an agent that was saved last, also of an archived one.
    /// - Throws: `SignalboxError` with code `not_found` when there never was one.
    public func latestAgent(_ name: String) async throws -> AgentRow {
        if let latest = try await store.latestAgent(named: name) { return latest }
        throw try await noAgent(name)
    }

    /// A page of the versions of an agent, also of an archived one; the one saved last first.
    /// - Throws: `SignalboxError` with code `not_found` when there never was one.
    public func versions(ofAgent name: String, offset: Int, limit: Int) async throws -> AgentVersionListing {
        let listing = try await store.agentVersions(of: name, offset: offset, limit: limit)
        guard listing.total == 0 else { return listing }
        throw try await noAgent(name)
    }

    private func noAgent(_ name: String) async throws -> SignalboxError {
        SignalboxError.noAgent(name, known: try await store.agents().map(\.name))
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
                if reference.version == nil, try store.latestAgent(named: reference.name) != nil {
                    throw SignalboxError.isArchived(agent: reference.name)
                }
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
    fileprivate static func isArchived(agent name: String) -> SignalboxError {
        SignalboxError(
            .conflict, "The agent \"\(name)\" is archived.",
            hint: "`signalbox agents archive --undo \(name)` brings it back.")
    }

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
