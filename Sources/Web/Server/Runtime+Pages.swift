internal import Core
internal import Runtime
internal import Store

extension Runtime {
    /// In whose name decisions are made on the pages, until there are accounts.
    var decider: String { LocalName.ofProcess }

    /// How many requests wait for a person.
    func openRequestCount() async throws -> Int {
        try await store.decisions(DecisionQuery(size: 1)).total
    }
}

private enum LocalName {
    /// Whom the process belongs to, as its environment says.
    static let ofProcess: String = {
        let variables = ProcessEnvironment.variables
        return variables["USER"] ?? variables["LOGNAME"] ?? "local user"
    }()
}
