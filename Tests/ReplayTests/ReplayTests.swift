import Core
import Engine
import Plans
import Testing

/// Journals that earlier versions have written, and that must fold for ever (design §7).
///
/// Each file in `Journals` is JSON lines: first what is known beside the journal (the plan as it was written, and what
/// the fold must come to), then the entries. They are never changed. A new scenario is recorded with
/// `SIGNALBOX_RECORD=1 swift test --filter ReplayTests`, which writes the files that do not exist yet.
@Suite(.timeLimit(.minutes(1)))
struct ReplayTests {
    @Test("A recorded journal folds into what it did when it was recorded", arguments: try Recording.names())
    func folds(name: String) throws {
        let recording = try Recording(named: name)
        let machine = try recording.machine(entries: recording.entries.count)
        #expect(Summary(machine).json == recording.summary)
    }

    @Test("Wherever a crash had cut it off, the task would have been taken up", arguments: try Recording.names())
    func everyBeginningFolds(name: String) throws {
        let recording = try Recording(named: name)
        for count in 1...recording.entries.count {
            var machine = try recording.machine(entries: count)
            let now = Timestamp(millisecondsSinceEpoch: machine.state.lastEventAt.millisecondsSinceEpoch + 1)
            let hadEnded = machine.state.status.isFinal
            let transition = try machine.handle(Recover(), at: now)
            #expect(!hadEnded || transition.events.isEmpty)
        }
    }

    /// Amounts that were recorded in nano-dollars are written as they are told: as dollars.
    @Test("Every entry is written as it was read", arguments: try Recording.names())
    func entriesAreKept(name: String) throws {
        for entry in try Recording(named: name).entries {
            let again = try Event(entry).entry
            #expect(again.kind == entry.kind && again.step == entry.step && again.run == entry.run)
            #expect(again.payload == entry.kind.told(entry.payload))
        }
    }

    @Test func everyKindOfEventIsRecordedSomewhere() throws {
        let kinds = try Set(Recording.names().flatMap { try Recording(named: $0).entries.map(\.kind) })
        #expect(Set(EventKind.allCases).subtracting(kinds) == [])
    }

    @Test("Scenarios that are not recorded yet", .enabled(if: Recording.isRecording), arguments: Scenario.all)
    func record(scenario: Scenario) throws { try Recording.write(scenario) }
}
