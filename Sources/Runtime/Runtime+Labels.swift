public import Core
public import Engine

/// What a task is called.
extension Runtime {
    /// Gives a task another name or other tags, in whatever state it is.
    /// - Parameters:
    ///   - name: the new one; nil to leave it.
    ///   - condition: which version of its labels it must have; nil for any.
    ///   - person: the name of who asks.
    /// - Throws: `SignalboxError`: `not_found`, `invalid_input` for what cannot be a name or a tag, `limit_exceeded` for too
    ///   many tags, `precondition_failed`.
    public func label(
        _ task: TaskNumber, name: String? = nil, tags change: TaskLabels.TagChange? = nil,
        if condition: VersionCondition? = nil, by person: String? = nil
    ) async throws {
        let seen: Set<ContentHash>? =
            if case .isOneOf(let versions)? = condition { Set(versions.map(\.content)) } else { nil }
        let command = LabelTask(
            name: try name.map(checkedName), tags: try change.map(checked), seen: seen, by: person)
        _ = try await journal.handle(command, for: task)
    }

    /// The change with its tags as they are kept.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    func checked(_ change: TaskLabels.TagChange) throws -> TaskLabels.TagChange {
        switch change {
        case .set(let new): .set(try tags(new))
        case .change(let adding, let removing): try checkedChange(adding: adding, removing: removing)
        }
    }

    private func checkedChange(adding: [String], removing: [String]) throws -> TaskLabels.TagChange {
        let (added, removed) = (try tags(adding, at: "/tags/add"), removing.map(\.trimmed))
        if let both = added.first(where: removed.contains) {
            throw SignalboxError(
                .invalidInput, "The tag \"\(both)\" cannot be added and removed at once.", at: .pointer("/tags/remove"),
                hint: "Say one of the two.")
        }
        return .change(adding: added, removing: removed)
    }

    /// The name as it is kept.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    func checkedName(_ given: String) throws -> String {
        let name = given.trimmed
        guard (1...Limits.taskNameLengthMaximum).contains(name.count) else {
            throw SignalboxError(
                .invalidInput, "A name has 1 to \(Limits.taskNameLengthMaximum) characters.", at: .pointer("/name"))
        }
        if let complaint = HiddenCharacter.complaint(about: name) {
            throw SignalboxError(.invalidInput, "This cannot be a task's name: \(complaint).", at: .pointer("/name"))
        }
        return name
    }
}
