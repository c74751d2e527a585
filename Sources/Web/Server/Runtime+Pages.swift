internal import Core
internal import Runtime
internal import Store

extension Runtime {
    /// In whose name decisions are made on the pages, until there are accounts.
    var decider: String { configuration.user }

    /// How many requests wait for a person.
    func openRequestCount() async throws -> Int {
        try await store.decisions(DecisionQuery(size: 1)).total
    }
}
