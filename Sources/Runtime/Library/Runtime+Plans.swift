internal import Core
public import Plans
public import Store

/// The library of plans: immutable versions, one of which the name of a plan stands for.
extension Runtime {
    /// What is said about a version when it is saved.
    public struct PlanNote: Sendable {
        /// Nil for the local user.
        public var author: String?
        public var text: String?

        public init(author: String? = nil, text: String? = nil) {
            self.author = author
            self.text = text
        }
    }

    /// Keeps a version of a plan: from now on it is the latest. One that is the latest already is left as it is, unless
    /// something else is said about it.
    /// - Parameters:
    ///   - condition: about the latest version.
    ///   - bringsBack: whether a plan that is archived is so no longer.
    /// - Throws: `SignalboxError`: `precondition_failed`, `invalid_input`, `storage_error`.
    @discardableResult
    public func save(
        _ plan: Plan, _ note: PlanNote = PlanNote(), if condition: VersionCondition? = nil, bringsBack: Bool = true
    ) async throws -> Saving {
        guard plan.name != Self.editorName else { throw SignalboxError.isEditor("plan") }
        let author = try checked(note.author, "author", maximum: Limits.authorLengthMaximum)
        var row = PlanRow(plan, savedAt: configuration.time.now, isListed: true)
        row.author = author ?? configuration.user
        row.note = try checked(note.text, "note", maximum: Limits.noteLengthMaximum)
        // Who only makes an old version the latest again says nothing about it: it stays whose it was, and what is kept
        // of this time is who did it.
        if author == nil, row.note == nil, let old = try await store.plan(row.hash), old.isListed {
            row.silentSaver = SilentSaver(name: row.author)
            (row.author, row.note) = (old.author, old.note)
        }
        return try await journal.save(row, if: condition, bringsBack: bringsBack)
    }

    /// What no plan and no agent of the library can be called: their pages have the editor of new ones there.
    static let editorName = "new"

    /// Publishes, archives or restores a saved plan.
    /// - Parameter condition: about the latest version.
    /// - Throws: `SignalboxError`: `not_found`, `precondition_failed`, `conflict` for an archived plan.
    public func change(_ name: String, _ change: PlanChange, if condition: VersionCondition? = nil) async throws {
        do {
            try await journal.change(name, change, if: condition)
        } catch let error as SignalboxError where error.code == .notFound {
            throw try await noPlan(name)
        }
    }

    /// What holds for all versions of a saved plan, also of an archived one.
    /// - Throws: `SignalboxError` with code `not_found`.
    public func savedPlan(_ name: String) async throws -> SavedPlanRow {
        if let plan = try await store.savedPlan(name) { return plan }
        throw try await noPlan(name)
    }

    /// A version of a saved plan, also of an archived one, or of a plan that came with a task, by its whole hash.
    /// - Throws: `SignalboxError`: `not_found`, `conflict` when some digits are those of several versions.
    public func plan(named name: String, _ version: PlanVersionChoice) async throws -> PlanRow {
        if case .digits(let digits) = version, let hash = ContentHash(rawValue: digits),
            let plan = try await store.plan(hash), plan.name == name
        {
            return plan
        }
        let saved = try await savedPlan(name)
        let hash: ContentHash? =
            switch version {
            case .latest: saved.latest
            case .published: saved.published
            case .current: saved.current
            case .digits(let digits): try await hash(beginningWith: digits, of: name)
            }
        guard let hash else {
            throw SignalboxError(
                .notFound, "No version of the plan \"\(name)\" is published.",
                hint: "`signalbox plans publish \(name)` publishes the latest.")
        }
        guard let plan = try await store.plan(hash) else {
            preconditionFailure("The versions of saved plans stay in the store.")
        }
        return plan
    }

    private func hash(beginningWith digits: String, of name: String) async throws -> ContentHash {
        let found = try await store.planVersions(of: name, beginningWith: digits, limit: 2)
        guard let version = found.first else {
            throw SignalboxError(
                .notFound, "The plan \"\(name)\" has no version \"\(digits)\".",
                hint: "`signalbox plans versions \(name)` lists them.")
        }
        guard found.count == 1 else {
            throw SignalboxError(
                .conflict, "Several versions of the plan \"\(name)\" begin with \"\(digits)\".",
                hint: "Give more digits of the hash.")
        }
        return version.hash
    }

    /// The saved plans whose name or description has the text, by name.
    /// - Parameters:
    ///   - text: nil for all.
    ///   - isArchived: the archived ones instead of the others.
    public func savedPlans(containing text: TaskSearchText?, isArchived: Bool) async throws -> [SavedPlan] {
        try await store.savedPlans().filter { saved in
            (saved.plan.archivedAt != nil) == isArchived
                && text.map { $0.isContained(in: saved.plan.name) || $0.isContained(in: saved.latest.summary ?? "") }
                    ?? true
        }
    }

    /// Why a plan cannot be found, with those that there are.
    func noPlan(_ name: String) async throws -> SignalboxError {
        let known = try await store.plans().map(\.name)
        return SignalboxError(
            .notFound, "There is no plan \"\(name.prefix(64))\".",
            hint: Suggestion.hint(for: name, among: known, called: "the saved plans are") ?? "No plans are saved here.")
    }

    /// A text for people, without the space around it; nil for nothing.
    func checked(_ text: String?, _ member: String, maximum: Int) throws -> String? {
        guard let text = text?.trimmed, !text.isEmpty else { return nil }
        guard text.count <= maximum else {
            throw SignalboxError(
                .invalidInput, "\"\(member)\" is longer than \(maximum) characters.", at: .pointer("/\(member)"))
        }
        return text
    }
}

extension SignalboxError {
    /// Why something cannot be saved under its name.
    /// - Parameter kind: `plan` or `agent`.
    static func isEditor(_ kind: String) -> SignalboxError {
        SignalboxError(
            .invalidInput, "No \(kind) of the library can be called \"\(Runtime.editorName)\".",
            hint: "On the pages that is where new ones are written. Give it another name.")
    }

    /// Why a plan does not run though it is there.
    static func isArchived(_ plan: String) -> SignalboxError {
        SignalboxError(
            .conflict, "The plan \"\(plan)\" is archived.",
            hint: "`signalbox plans archive --undo \(plan)` brings it back.")
    }
}
