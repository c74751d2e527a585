internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// Reads what the list of plans shows.
struct PlanListLoader: Sendable {
    let runtime: Runtime

    func load(_ request: Request) async throws -> PlanListView {
        let search = (request.query["search"] ?? "").trimmed
        let state = try request.libraryState
        let text = search.isEmpty ? nil : TaskSearchText(search)
        let apps = try await runtime.store.apps()
        let counted = try await taskCounts()
        let active = try await runtime.savedPlans(containing: nil, isArchived: false)
        let archived = try await runtime.savedPlans(containing: nil, isArchived: true)
        func row(_ saved: SavedPlan) -> PlanListView.Row {
            PlanListView.Row(
                name: saved.plan.name, summary: saved.latest.summary,
                states: saved.plan.states(apps: apps), version: saved.latest.hash,
                isAhead: saved.plan.published.map { $0 != saved.plan.latest } ?? false,
                savedAt: saved.latest.savedAt, author: saved.latest.author, note: saved.latest.note,
                taskCount: counted[saved.plan.name] ?? 0)
        }
        let rows = (active + archived).map(row)
        let fitting = rows.filter { row in
            (state.map { row.states.contains($0) } ?? !row.isArchived)
                && text.map { $0.isContained(in: row.name) || $0.isContained(in: row.summary ?? "") } ?? true
        }
        return PlanListView(
            rows: fitting, counts: LibraryState.counts(rows.map(\.states)), total: active.count, search: search,
            state: state, page: try request.pageNumber, approvals: try await runtime.openRequestCount(), now: .now)
    }

    /// How many tasks there are of each plan that has many.
    private func taskCounts() async throws -> [String: Int] {
        Dictionary(
            try await runtime.taskCounts(.plan).map { ($0.value.text, $0.count) },
            uniquingKeysWith: { first, _ in first })
    }
}

extension Request {
    /// The state by which a list of the library is filtered.
    var libraryState: LibraryState? {
        get throws {
            guard let word = query["state"], !word.isEmpty else { return nil }
            guard let state = LibraryState(rawValue: word) else {
                throw SignalboxError(
                    .invalidInput, "There is no state \"\(word.prefix(64))\".",
                    hint: "The states are \(LibraryState.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            return state
        }
    }
}

extension LibraryState {
    /// How many things are in each state.
    static func counts(_ states: [[LibraryState]]) -> [LibraryState: Int] {
        states.reduce(into: [:]) { counts, states in
            for state in states { counts[state, default: 0] += 1 }
        }
    }
}

extension SavedPlanRow {
    /// How the plan stands.
    /// - Parameter apps: those of all plans.
    func states(apps: [AppRow]) -> [LibraryState] {
        guard archivedAt == nil else { return [.archived] }
        let isApp = apps.contains { $0.planName == name && $0.archivedAt == nil }
        let states: [LibraryState] = (published == nil ? [] : [.published]) + (isApp ? [.app] : [])
        return states.isEmpty ? [.draft] : states
    }
}
