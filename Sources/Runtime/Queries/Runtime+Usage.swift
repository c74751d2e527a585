public import Store

extension Runtime {
    /// What calls of models have used and cost, by day, plan, agent or model; what deleted tasks have used is in it.
    public func usage(_ query: UsageQuery) async throws -> UsageListing { try await store.usage(query) }
}
