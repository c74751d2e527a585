import Core
import Testing

@testable import Web

/// What a stream of the list sends after a change.
@Suite(.timeLimit(.minutes(1)))
struct TaskListNewsTests {
    private static func row(_ number: Int64) -> TaskRowView {
        var row = Samples.rows[0]
        row.number = TaskNumber(rawValue: number)
        return row
    }

    private static func list(_ numbers: [Int64], total: Int? = nil) -> TaskListView {
        TaskListView(rows: numbers.map(row), total: total ?? numbers.count, position: .zero, now: Samples.now)
    }

    private static func targets(_ message: HTML?) throws -> [String] {
        try MarkupReader.read(try #require(message).text).elements.filter { $0.name == "template" }.map {
            "\($0.attributes["hx-target"] ?? "") \($0.attributes["hx-swap"] ?? "")"
        }
    }

    @Test func nobodyKnowsWhatAPageShowsAtFirst() {
        let view = Self.list([2, 1])
        #expect(TaskListNews.message(nil, view) == TaskListPage.fragment(view))
    }

    @Test func nothingIsSaidWhenNothingChanged() {
        var later = Self.list([2, 1])
        later.now = Timestamp(millisecondsSinceEpoch: later.now.millisecondsSinceEpoch + 5_000)
        #expect(TaskListNews.message(Self.list([2, 1]), later) == nil)
    }

    @Test func aRowThatChangedComesAlone() throws {
        let shown = Self.list([3, 2, 1])
        var view = shown
        var rows = [3, 2, 1].map(Self.row)
        rows[1].state = .failed
        view.content = .table(rows)
        let message = TaskListNews.message(shown, view)
        #expect(try Self.targets(message) == ["#task-2 outerMorph", "#page-facts outerMorph"])
        let size = try #require(message).bytes.count
        #expect(size < TaskListPage.fragment(view).bytes.count / 2)
    }

    @Test func newRowsComeOnTopAndOthersGo() throws {
        #expect(
            try Self.targets(TaskListNews.message(Self.list([3, 2, 1], total: 3), Self.list([5, 4, 3, 2], total: 5)))
                == [
                    "#task-1 delete", "#list-rows afterbegin", "#list-below outerMorph", "#page-facts outerMorph",
                ])
    }

    @Test(arguments: [([3, 2, 1], [1, 2, 3]), ([3, 1], [3, 2, 1]), ([], [1]), ([1], [])] as [([Int64], [Int64])])
    func anotherOrderIsSentWhole(before: [Int64], after: [Int64]) {
        let view = Self.list(after)
        #expect(TaskListNews.message(Self.list(before), view) == TaskListPage.fragment(view))
    }

    @Test func newTasksElsewhereAreOnlyToldOf() throws {
        var view = Self.list([3, 2, 1])
        view.newer = 2
        let message = TaskListNews.message(Self.list([3, 2, 1]), view)
        #expect(try Self.targets(message) == ["#list-newer outerMorph", "#page-facts outerMorph"])
        #expect(try #require(message).text.contains("2 new tasks"))
    }

    @Test func anOpenRequestIsToldOfWithoutTheRows() throws {
        var view = Self.list([1])
        view.approvals = 4
        #expect(try Self.targets(TaskListNews.message(Self.list([1]), view)) == ["#page-facts outerMorph"])
    }

    @Test func `a count that has changed comes without the rest of the page`() throws {
        func fragment(_ approvals: Int, _ content: HTML = "<p>x</p>", later: Int64 = 0) -> HTML {
            let now = Timestamp(millisecondsSinceEpoch: Samples.now.millisecondsSinceEpoch + later)
            return Layout.fragment(title: "A", state: .running, now: now, approvals: approvals, content: content)
        }
        #expect(LiveFragments.news(nil, fragment(1)) == fragment(1))
        #expect(LiveFragments.news(fragment(1), fragment(1, later: 500)) == nil)
        #expect(LiveFragments.news(fragment(1), fragment(1, "<p>y</p>")) == fragment(1, "<p>y</p>"))
        let news = try #require(LiveFragments.news(fragment(1), fragment(2, later: 500)))
        #expect(try Self.targets(news) == ["#page-facts outerMorph"])
        #expect(news.text.contains("data-approvals=\"2\"") && !news.text.contains("<p>x"))
    }

    @Test(arguments: [(0, 100), (30_000, 100), (60_000, 200), (180_000, 500), (9_000_000, 500)])
    func `The larger a message, the later the next`(bytes: Int, milliseconds: Int) {
        #expect(LiveFragments.interval(afterBytes: bytes) == .milliseconds(milliseconds))
    }
}
