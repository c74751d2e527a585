import Core
import Plans
import Store
import Synchronization
import TestSupport
import Testing

@testable import Runtime

/// What the journal's writer does to the library within one batch, where the store does not know yet what was just saved.
@Suite(.timeLimit(.minutes(1)))
struct JournalLibraryTests {
    private let store = MemoryStore()

    private enum Answer: Equatable {
        case kept(isNew: Bool)
        case done
        case refused(SignalboxError.Code)
    }

    private func commit(_ bodies: [JournalRequest.Body]) throws -> [Answer] {
        let directory = try TemporaryDirectory()
        let writer = try JournalWriter(
            store: store, payloads: PayloadStore(BlobStore(directory: directory.path)), plans: PlanLibrary(),
            time: .system, random: SystemRandomNumberGenerator(), onCommit: { _ in })
        let answers = Answers()
        writer.commit(
            bodies.enumerated().map { place, body in
                JournalRequest(body: body) { result in
                    let answer: Answer =
                        switch result {
                        case .success(.kept(let saving)): .kept(isNew: saving == .new)
                        case .success: .done
                        case .failure(let error): .refused((error as? SignalboxError)?.code ?? .internal)
                        }
                    answers.list.withLock { $0.append((place, answer)) }
                }
            })
        return answers.list.withLock { $0.sorted { $0.0 < $1.0 }.map(\.1) }
    }

    private final class Answers: Sendable {
        let list = Mutex<[(Int, Answer)]>([])
    }

    private let one = SampleRows.plan("p", version: 1, savedAt: 100)
    private let two = SampleRows.plan("p", version: 2, savedAt: 100)

    @Test func `Versions follow each other whatever the clock says`() throws {
        let three = SampleRows.plan("p", version: 3, savedAt: 5)
        #expect(
            try commit([.savePlan(one), .savePlan(two), .savePlan(two), .savePlan(three)])
                == [.kept(isNew: true), .kept(isNew: true), .kept(isNew: false), .kept(isNew: true)])
        #expect(try commit([.savePlan(three), .savePlan(one)]) == [.kept(isNew: false), .kept(isNew: false)])
        let versions = store.planVersions(of: "p", offset: 0, limit: 9).versions
        #expect(versions.map(\.hash) == [one.hash, three.hash, two.hash])
        #expect(versions.map(\.savedAt.millisecondsSinceEpoch) == [103, 102, 101])
        #expect(store.plan(named: "p")?.hash == one.hash)
    }

    @Test func `What is said when it is saved again replaces nothing`() throws {
        func saying(_ note: String?, by author: String = "Ada") -> PlanRow {
            var plan = one
            (plan.author, plan.note) = (author, note)
            return plan
        }
        // Who repeats a request has saved once.
        #expect(
            try commit([
                .savePlan(saying("First.")), .savePlan(saying("First.")), .savePlan(saying("Second.")),
                .savePlan(saying("Second.", by: "Zoë")),
            ]) == [.kept(isNew: true), .kept(isNew: false), .kept(isNew: false), .kept(isNew: false)])
        let savings = store.savings(of: .plan, [one.hash], limit: 9)[one.hash] ?? []
        #expect(savings.map(\.note) == ["Second.", "Second.", "First."])
        #expect(savings.map(\.author) == ["Zoë", "Ada", "Ada"])
        #expect(savings.map(\.savedAt.millisecondsSinceEpoch) == [102, 101, 100])
        #expect(store.plan(one.hash)?.saving == savings.first)
        #expect(store.planVersions(of: "p", offset: 0, limit: 9).total == 1)
    }

    @Test func `A condition sees what the same batch has saved`() throws {
        #expect(
            try commit([
                .savePlan(one, if: .isMissing), .savePlan(two, if: .isMissing),
                .savePlan(two, if: .isOneOf([SeenVersion(one.hash)])),
                .savePlan(one, if: .isOneOf([SeenVersion(one.hash)])),
                .changePlan("p", .archive, if: .isOneOf([SeenVersion(one.hash)])),
            ]) == [
                .kept(isNew: true), .refused(.preconditionFailed), .kept(isNew: true), .refused(.preconditionFailed),
                .refused(.preconditionFailed),
            ])
        #expect(store.savedPlan("p") == SavedPlanRow(name: "p", latest: two.hash))
    }

    @Test func `A publication is taken back only while it is the one that stands`() throws {
        #expect(
            try commit([
                .savePlan(one), .savePlan(two), .changePlan("p", .publish(one.hash)),
                .changePlan("p", .replacePublished(nil, with: two.hash)),
                .changePlan("p", .replacePublished(two.hash, with: nil)),
                .changePlan("p", .replacePublished(one.hash, with: two.hash)),
                .changePlan("p", .replacePublished(one.hash, with: nil)),
            ]) == [
                .kept(isNew: true), .kept(isNew: true), .done, .refused(.preconditionFailed),
                .refused(.preconditionFailed), .done, .refused(.preconditionFailed),
            ])
        #expect(store.savedPlan("p")?.published == two.hash)
        #expect(try commit([.changePlan("p", .replacePublished(two.hash, with: nil))]) == [.done])
        #expect(store.savedPlan("p")?.published == nil)
        // A saved version meanwhile is no reason to refuse; an archived plan is.
        #expect(
            try commit([
                .changePlan("p", .publish(two.hash)), .savePlan(SampleRows.plan("p", version: 4, savedAt: 7)),
                .changePlan("p", .archive), .changePlan("p", .replacePublished(two.hash, with: one.hash)),
            ]) == [.done, .kept(isNew: true), .done, .refused(.conflict)])
    }

    @Test func `Who publishes or archives what somebody else did so meanwhile is refused`() throws {
        let fresh = SavedPlanRow(name: "p", latest: one.hash)
        let seen = VersionCondition.isOneOf([SeenVersion(one.hash, standing: fresh.standing)])
        let app = SampleRows.app("a", version: 1)
        let seenApp = VersionCondition.isOneOf([SeenVersion(app.hash, standing: app.standing)])
        #expect(
            try commit([
                .savePlan(one), .changePlan("p", .publish(one.hash), if: seen), .changePlan("p", .archive, if: seen),
                .changePlan("p", .unpublish), .changePlan("p", .archive, if: seen),
                .changePlan("p", .restore, if: seen),
                // Who saves minds the content alone, and so does who has named no more.
                .savePlan(two, if: seen), .changePlan("p", .restore, if: .isOneOf([SeenVersion(two.hash)])),
                .publishApp(app), .archiveApp("a", at: .now, if: seenApp), .archiveApp("a", at: nil, if: seenApp),
            ]) == [
                .kept(isNew: true), .done, .refused(.preconditionFailed), .done, .done, .refused(.preconditionFailed),
                .kept(isNew: true), .done, .kept(isNew: true), .done, .refused(.preconditionFailed),
            ])
    }

    @Test func `Only a save that is meant to brings an archived plan back`() throws {
        let published = JournalRequest.Body.changePlan("p", .publish(one.hash))
        #expect(
            try commit([
                published, .savePlan(one), published, .changePlan("p", .archive), published,
                .savePlan(two, bringsBack: false),
            ]) == [
                .refused(.notFound), .kept(isNew: true), .done, .done, .refused(.conflict), .kept(isNew: true),
            ])
        let archived = try #require(store.savedPlan("p"))
        #expect((archived.latest, archived.published) == (two.hash, one.hash))
        #expect(archived.archivedAt != nil && store.plans().isEmpty)
        #expect(try commit([.savePlan(two)]) == [.kept(isNew: false)])
        #expect(store.plan(named: "p")?.hash == one.hash)
        #expect(try commit([.changePlan("p", .unpublish)]) == [.done])
        #expect(store.plan(named: "p")?.hash == two.hash)
    }

    @Test func `A version that came with a task is new when it is saved`() throws {
        var passing = one
        passing.isListed = false
        var batch = WriteBatch()
        batch.plans = [passing]
        try store.commit(batch)
        #expect(try commit([.savePlan(one), .savePlan(one)]) == [.kept(isNew: true), .kept(isNew: false)])
        #expect(store.planVersions(of: "p", offset: 0, limit: 9).total == 1)
    }

    @Test func `An app takes the place of what had its name`() throws {
        let (first, second) = (SampleRows.app("a", version: 1), SampleRows.app("a", version: 2))
        #expect(
            try commit([
                .archiveApp("a", at: .now), .publishApp(first), .publishApp(first),
                .publishApp(second, if: .isOneOf([SeenVersion(second.hash)])),
                .publishApp(second, if: .isOneOf([SeenVersion(first.hash)])),
                .archiveApp("a", at: Timestamp(millisecondsSinceEpoch: 9), if: .exists), .publishApp(second),
            ]) == [
                .refused(.notFound), .kept(isNew: true), .kept(isNew: false), .refused(.preconditionFailed),
                .kept(isNew: true), .done, .kept(isNew: true),
            ])
        #expect(store.apps() == [second])
    }
}
