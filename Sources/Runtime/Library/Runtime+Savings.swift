public import Core
public import Store

extension Runtime {
    /// When versions of plans or agents were saved, by whom, and what was said: of each the last times first, at most
    /// `Limits.savingsToldMaximum`.
    public func savings(of kind: LibraryKind, _ hashes: [ContentHash]) async throws -> [ContentHash: [SavingRow]] {
        try await store.savings(of: kind, hashes, limit: Limits.savingsToldMaximum)
    }
}
