import Store
import TestSupport
import Testing

/// The memory driver does what every driver does.
@Suite(.timeLimit(.minutes(1)))
struct MemoryStoreTests {
    @Test(arguments: StoreConformance.allCases) func conforms(_ conformance: StoreConformance) async throws {
        let store = MemoryStore()
        try await conformance.check(store, store)
    }
}
