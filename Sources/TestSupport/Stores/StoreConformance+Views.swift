internal import Core
internal import Store
internal import Testing

extension StoreConformance {
    func checkViews(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        #expect(try await reader.views().isEmpty)
        let time = Timestamp(millisecondsSinceEpoch: 10)
        var first = ViewRow(name: "b", filters: ["status": "failed", "tag": "é"], sort: "-cost", savedAt: time)
        let (second, capital) = (
            ViewRow(name: "a", filters: [:], savedAt: time), ViewRow(name: "B", filters: [:], savedAt: time)
        )
        var batch = WriteBatch()
        batch.views = [first, second, capital]
        try journal.commit(batch)
        #expect(try await reader.views() == [capital, second, first])
        #expect(try journal.views() == [capital, second, first])
        // What is deleted within a batch goes before what is saved in it.
        first.sort = nil
        batch = WriteBatch()
        batch.views = [first]
        batch.viewsDeleted = ["b", "a", "nobody"]
        try journal.commit(batch)
        #expect(try await reader.views() == [capital, first])
    }
}
