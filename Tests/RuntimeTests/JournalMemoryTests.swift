import Core
import Plans
import Store
import Synchronization
import TestSupport
import Testing

@testable import Runtime

/// The bounds of what agents keep, as the journal's writer holds them within one batch.
@Suite(.timeLimit(.minutes(1)))
struct JournalMemoryTests {
    private let store = MemoryStore()

    /// What each of the requests, handled as one batch, was answered; nil for done.
    private func commit(_ bodies: [JournalRequest.Body]) throws -> [SignalboxError.Code?] {
        let directory = try TemporaryDirectory()
        let writer = try JournalWriter(
            store: store, payloads: PayloadStore(BlobStore(directory: directory.path)), plans: PlanLibrary(),
            time: .system, random: SystemRandomNumberGenerator(), onCommit: { _ in })
        let codes = Codes()
        writer.commit(
            bodies.enumerated().map { place, body in
                JournalRequest(body: body) { answer in
                    var code: SignalboxError.Code?
                    if case .failure(let error as SignalboxError) = answer { code = error.code }
                    codes.list.withLock { $0.append((place, code)) }
                }
            })
        return codes.list.withLock { $0.sorted { $0.0 < $1.0 }.map(\.1) }
    }

    private final class Codes: Sendable {
        let list = Mutex<[(Int, SignalboxError.Code?)]>([])
    }

    private func fill(entries: Int, bytes: Int) throws {
        var batch = WriteBatch()
        batch.memories = (1...entries).map {
            SampleRows.memory("e\($0)", text: String(repeating: "x", count: bytes))
        }
        try store.commit(batch)
    }

    @Test func `No agent keeps more entries than the limit`() throws {
        try fill(entries: Limits.memoryEntriesMaximum - 1, bytes: 1)
        let (last, surplus) = (SampleRows.memory("last", text: "x"), SampleRows.memory("surplus", text: "x"))
        let (again, other) = (SampleRows.memory("e1", text: "y"), SampleRows.memory("last", of: "other", text: "x"))
        #expect(
            try commit([.remember(last), .remember(surplus), .remember(again), .remember(other)])
                == [nil, .limit, nil, nil])
        #expect(store.memories(of: "clerk").count == Limits.memoryEntriesMaximum)
        #expect(store.memory("e1", of: "clerk")?.text == "y")
        #expect(store.memories(of: "other") == [other])
    }

    @Test func `No agent keeps more bytes than the limit`() throws {
        try fill(entries: 1, bytes: Limits.memoryBytesMaximum - 12)
        let fits = SampleRows.memory("four", text: "é4é")
        #expect(try commit([.remember(fits), .remember(SampleRows.memory("x", text: "y"))]) == [nil, .limit])
        #expect(try commit([.remember(SampleRows.memory("e1", text: ""))]) == [nil])
        #expect(try commit([.remember(SampleRows.memory("x", text: "y"))]) == [nil])
    }

    @Test func `What is forgotten must be there`() throws {
        let entry = SampleRows.memory("m", text: "t")
        let forget = JournalRequest.Body.forget(agent: "clerk", name: "m")
        #expect(try commit([forget, .remember(entry), forget, forget]) == [.notFound, nil, nil, .notFound])
        #expect(store.memories(of: "clerk").isEmpty)
        #expect(try commit([.remember(entry), .forget(agent: "Clerk", name: "m")]) == [nil, .notFound])
        #expect(try commit([forget, .remember(entry)]) == [nil, nil])
        #expect(store.memories(of: "clerk") == [entry])
    }

    @Test func `An archived agent is found by no name, until it is saved again`() throws {
        let agent = SampleRows.agent("a", version: 1, savedAt: 5)
        #expect(try commit([.archiveAgent("a"), .saveAgent(agent), .archiveAgent("a")]) == [.notFound, nil, nil])
        #expect(store.agents().isEmpty)
        #expect(store.agent(agent.hash)?.isListed == false)
        #expect(try commit([.saveAgent(agent)]) == [nil])
        #expect(store.agents() == [agent])
    }
}
