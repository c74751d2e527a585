internal import Core
internal import Store

/// Lists of tasks that have names.
extension JournalWriter {
    /// Keeps a list under its name, in the place of the one that has it.
    /// - Returns: whether there was one.
    /// - Throws: `SignalboxError`: `precondition_failed`, `limit_exceeded`.
    func save(_ view: ViewRow, if condition: VersionCondition?, into work: inout Work) throws -> Bool {
        let known = try views(in: work)
        let before = known.first { $0.name == view.name }
        try condition?.check(before?.version, of: view.name)
        guard before != nil || known.count < Limits.viewsMaximum else {
            throw SignalboxError(
                .limit, "At most \(Limits.viewsMaximum) views are kept.",
                hint: "`signalbox views delete NAME` removes one.")
        }
        work.rows.views.removeAll { $0.name == view.name }
        work.rows.views.append(view)
        return before != nil
    }

    /// - Throws: `SignalboxError`: `not_found`, `precondition_failed`.
    func deleteView(_ name: String, if condition: VersionCondition?, into work: inout Work) throws {
        let known = try views(in: work)
        guard let view = known.first(where: { $0.name == name }) else {
            throw SignalboxError.noView(name, known: known.map(\.name))
        }
        try condition?.check(view.version, of: name)
        work.rows.views.removeAll { $0.name == name }
        work.rows.viewsDeleted.append(name)
    }

    /// Those that there are, also those that are saved with this commit.
    private func views(in work: Work) throws -> [ViewRow] {
        let changed = Set(work.rows.views.map(\.name)).union(work.rows.viewsDeleted)
        return try store.views().filter { !changed.contains($0.name) } + work.rows.views
    }
}
