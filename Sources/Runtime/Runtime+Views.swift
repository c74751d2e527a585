internal import Core
public import Store

/// Lists of tasks that have names: filters and an order, for whoever looks at the same again and again.
extension Runtime {
    /// Keeps a list under its name.
    /// - Returns: whether there was one of that name.
    /// - Throws: `SignalboxError`: `invalid_input` for what cannot be a name, `precondition_failed`, `limit_exceeded`.
    public func save(
        viewNamed name: String, filters: [String: String], sort: String?, if condition: VersionCondition? = nil
    ) async throws -> Bool {
        guard name == name.trimmed, (1...Limits.viewNameLengthMaximum).contains(name.count) else {
            throw SignalboxError(
                .invalidInput,
                "A view has a name of 1 to \(Limits.viewNameLengthMaximum) characters, without spaces around them.")
        }
        if let complaint = HiddenCharacter.complaint(about: name) {
            throw SignalboxError(.invalidInput, "This cannot be a view's name: \(complaint).")
        }
        let view = ViewRow(name: name, filters: filters, sort: sort, savedAt: configuration.time.now)
        guard view.filtersJSON.bytes.count <= Limits.viewFiltersBytesMaximum else {
            throw SignalboxError(
                .limit, "The filters of a view have at most \(Limits.viewFiltersBytesMaximum) bytes together.")
        }
        return try await journal.save(view, if: condition)
    }

    /// Forgets a list.
    /// - Throws: `SignalboxError`: `not_found`, `precondition_failed`.
    public func deleteView(_ name: String, if condition: VersionCondition? = nil) async throws {
        try await journal.deleteView(name, if: condition)
    }

    /// The list of that name.
    /// - Throws: `SignalboxError` with code `not_found`.
    public func view(_ name: String) async throws -> ViewRow {
        let known = try await store.views()
        if let view = known.first(where: { $0.name == name }) { return view }
        throw SignalboxError.noView(name, known: known.map(\.name))
    }
}

extension SignalboxError {
    /// A view was asked for that there is not.
    static func noView(_ name: String, known: [String]) -> SignalboxError {
        SignalboxError(
            .notFound, "There is no view \"\(name.prefix(64))\".",
            hint: Suggestion.hint(for: name, among: known, called: "the views are")
                ?? "`signalbox views save NAME` keeps one.")
    }
}
