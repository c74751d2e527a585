import Core
import Executors
import Store
import TestSupport
import Testing

@testable import Runtime

/// What is being said reaches readers in order and once, however slow they are, and takes a bounded amount of memory.
@Suite(.timeLimit(.minutes(1)))
struct DeltaFeedTests {
    private static let task = TaskNumber(rawValue: 7)

    private static func source(turn: Int, task: TaskNumber = task) -> LiveSource {
        LiveSource(task: task, step: StepPath(rawValue: "say"), run: RunNumber(rawValue: 1), turn: turn)
    }

    /// A reader's text of each part, as it puts it together.
    private struct Heard {
        var texts: [String: String] = [:]
        var wasCut = false

        mutating func take(_ deltas: [LiveDelta]) {
            for delta in deltas {
                let key = "\(delta.turn ?? 0)/\(delta.part)/\(delta.kind)"
                texts[key] = (delta.isFromBeginning ? "" : texts[key, default: ""]) + delta.text
                if delta.isCut { wasCut = true }
            }
        }
    }

    private static func feeds() -> (LiveFeed, DeltaFeed) {
        let feed = LiveFeed(newest: .zero, store: MemoryStore())
        return (feed, DeltaFeed(feed.watchers))
    }

    private static func reader(_ feeds: (LiveFeed, DeltaFeed), task: TaskNumber? = nil) -> LiveReader {
        LiveReader(
            feeds.0, feeds.1, LiveFilter(task: task, hearsDeltas: true), after: .zero, countAtOnce: 32)
    }

    /// Reads until the text of a part is that.
    private static func hear(
        _ reader: inout LiveReader, _ heard: inout Heard, until key: String, is text: String
    ) async throws {
        while heard.texts[key] != text {
            guard case .deltas(let deltas) = try await reader.next() else { continue }
            heard.take(deltas)
        }
    }

    @Test func `A reader hears all that is said, part by part`() async throws {
        let feeds = Self.feeds()
        var (reader, heard) = (Self.reader(feeds), Heard())
        let source = Self.source(turn: 1)
        feeds.1.hear(LiveStretch(.thinking, "Hm. "), from: source)
        try await Self.hear(&reader, &heard, until: "1/0/thinking", is: "Hm. ")
        feeds.1.hear(LiveStretch(.thinking, "Yes."), from: source)
        for word in ["It ", "is ", "fine."] { feeds.1.hear(LiveStretch(.text, word), from: source) }
        try await Self.hear(&reader, &heard, until: "1/1/text", is: "It is fine.")
        #expect(heard.texts["1/0/thinking"] == "Hm. Yes.")
        #expect(!heard.wasCut)
    }

    @Test func `Whoever comes in the middle gets the text so far first`() async throws {
        let feeds = Self.feeds()
        let source = Self.source(turn: 2)
        var (early, heardEarly) = (Self.reader(feeds), Heard())
        feeds.1.hear(LiveStretch(.text, "One, "), from: source)
        try await Self.hear(&early, &heardEarly, until: "2/0/text", is: "One, ")
        var (late, heardLate) = (Self.reader(feeds), Heard())
        guard case .deltas(let first) = try await late.next() else {
            Issue.record("There is no event.")
            return
        }
        #expect(first.map(\.text) == ["One, "])
        #expect(first.map(\.isFromBeginning) == [true])
        heardLate.take(first)
        feeds.1.hear(LiveStretch(.text, "two."), from: source)
        try await Self.hear(&early, &heardEarly, until: "2/0/text", is: "One, two.")
        try await Self.hear(&late, &heardLate, until: "2/0/text", is: "One, two.")
    }

    @Test func `Nothing of a turn comes behind its event`() async throws {
        let feeds = Self.feeds()
        var (reader, heard) = (Self.reader(feeds), Heard())
        for turn in 1...200 {
            let source = Self.source(turn: turn)
            feeds.1.hear(LiveStretch(.text, "words"), from: source)
            if turn % 10 == 0 { try await Self.hear(&reader, &heard, until: "\(turn)/0/text", is: "words") }
            feeds.1.end(source)
            feeds.0.publish([SampleEvent.row(position: Int64(turn), task: Self.task)])
            var last: Position = .zero
            while last < Position(rawValue: Int64(turn)) {
                switch try await reader.next() {
                case .events(let events): last = events.last?.position ?? last
                case .deltas(let deltas): #expect(deltas.allSatisfy { $0.turn == turn })
                case .resync, .ended: Issue.record("Nothing was deleted, and nothing is over.")
                }
            }
        }
    }

    @Test func `Only the task that is asked for is heard`() async throws {
        let feeds = Self.feeds()
        var (reader, heard) = (Self.reader(feeds, task: Self.task), Heard())
        feeds.1.hear(LiveStretch(.text, "another"), from: Self.source(turn: 1, task: TaskNumber(rawValue: 8)))
        feeds.1.hear(LiveStretch(.text, "mine"), from: Self.source(turn: 2))
        try await Self.hear(&reader, &heard, until: "2/0/text", is: "mine")
        #expect(heard.texts.count == 1)
    }

    @Test func `What is kept is bounded, and the reader is told what it missed`() {
        let feed = Self.feeds().1
        let line = String(repeating: "ä", count: 32 << 10)
        for _ in 0..<40 { feed.hear(LiveStretch(.text, line), from: Self.source(turn: 1)) }
        let bytes = feed.keptBytes
        #expect(bytes <= DeltaFeed.sourceBytesMaximum)
        #expect(bytes > DeltaFeed.sourceBytesMaximum / 2)
        for turn in 2...100 { feed.hear(LiveStretch(.text, line + line), from: Self.source(turn: turn)) }
        #expect(feed.keptBytes <= DeltaFeed.bytesMaximum)
    }

    @Test func `A reader gets what many say portion by portion`() async throws {
        let feeds = Self.feeds()
        let feed = feeds.1
        // Characters of two and three bytes, so that portions end within one.
        let line = String(repeating: "ä✓", count: 8 << 10)
        for turn in 1...100 { feed.hear(LiveStretch(.text, line), from: Self.source(turn: turn)) }
        var (reader, heard) = (Self.reader(feeds), Heard())
        var portions = 0
        while heard.texts.values.filter({ $0 == line }).count < 100 {
            guard case .deltas(let deltas) = try await reader.next() else { continue }
            let bytes = deltas.reduce(0) { $0 + $1.text.utf8.count }
            #expect(bytes <= DeltaFeed.portionBytesMaximum + 4)
            heard.take(deltas)
            portions += 1
        }
        #expect(portions >= 100 * line.utf8.count / DeltaFeed.portionBytesMaximum)
        #expect(!heard.wasCut)
    }

    @Test func `A long text of one comes in portions that fit together`() {
        var text = LiveText(id: 1)
        for turn in 0..<50 {
            text.append(
                LiveStretch(turn % 2 == 0 ? .stdout : .stderr, String(repeating: "ä✓", count: 99)),
                bytesMaximum: 1 << 20)
        }
        text.show()
        var heard: Int?
        var texts: [Int: String] = [:]
        repeat {
            let said = text.said(after: heard, from: Self.source(turn: 1), bytesMaximum: 333)
            #expect(!said.deltas.isEmpty && said.bytes <= 333 + 160 + 3)
            for delta in said.deltas {
                #expect(delta.isFromBeginning == (texts[delta.part] == nil))
                texts[delta.part, default: ""] += delta.text
            }
            heard = said.end
        } while heard != text.visibleEnd
        #expect(texts.count == 50)
        #expect(texts.values.allSatisfy { $0 == String(repeating: "ä✓", count: 99) })
    }

    @Test func `A program that writes to stdout and stderr in turns takes no more`() {
        var text = LiveText(id: 1)
        for turn in 0..<10_000 {
            text.append(LiveStretch(turn % 2 == 0 ? .stdout : .stderr, "x"), bytesMaximum: 1 << 20)
        }
        text.show()
        let deltas = text.said(after: nil, from: Self.source(turn: 1)).deltas
        #expect((750...1_000).contains(deltas.count))
        #expect(deltas.last?.part == 9_999)
        #expect(text.count == deltas.count)
    }

    @Test func `A text that is cut at its front stays whole characters`() {
        var text = LiveText(id: 1)
        for _ in 0..<1_000 { text.append(LiveStretch(.text, "ä✓"), bytesMaximum: 997) }
        text.show()
        let deltas = text.said(after: nil, from: Self.source(turn: 1)).deltas
        #expect(deltas.count == 1)
        #expect(deltas.first?.isCut == true)
        #expect(deltas.first?.text.contains("\u{FFFD}") == false)
        #expect(deltas.first?.text.hasSuffix("ä✓ä✓") == true)
        #expect(text.count <= 997)
        let end = text.visibleEnd
        text.append(LiveStretch(.text, "!"), bytesMaximum: 997)
        #expect(text.said(after: end, from: Self.source(turn: 1)).deltas.isEmpty, "not shown yet")
        text.show()
        #expect(text.said(after: end, from: Self.source(turn: 1)).deltas.map(\.text) == ["!"])
    }
}

/// Events as tests need them.
enum SampleEvent {
    static func row(position: Int64, task: TaskNumber, kind: String = "step_started") -> EventRow {
        EventRow(
            position: Position(rawValue: position), task: task, sequence: position,
            at: Timestamp(millisecondsSinceEpoch: 0), kind: kind, step: nil, run: nil, payload: Array("{}".utf8))
    }
}
