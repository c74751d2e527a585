import Core
import Runtime
import Store

@testable import Web

extension Samples {
    static let filtered = TaskListAddress([
        "status": "failed", "plan": "invoices", "from": "2026-11-01", "zone": "Europe/Berlin", "sort": "-cost",
        "page": "2",
    ])

    /// A list with everything that can stand above and below it.
    static func filteredList(_ text: String = "invoices") -> TaskListView {
        var address = filtered
        address.texts["plan"] = text
        address.texts["tag"] = text
        address.texts["search"] = text
        var view = TaskListView(
            address, .table(rows), total: 61, position: Position(rawValue: 9_120), now: now, approvals: 2)
        view.counts = [.approvalRequired: 2, .running: 1, .waiting: 0, .failed: 61, .finished: 12_400, .cancelled: 3]
        view.choices = ["status", "waiting", "cause", "trigger", "plan", "model", "tag"].map { name in
            FilterChoiceView(name: name, values: [("failed", 61), (text, 7), (text + "2", nil)])
        }
        view.named = [NamedView(name: text, address: TaskListAddress(["tag": text]))]
        view.held = rows.map(\.number)
        view.newest = rows[0].number
        view.newer = 3
        return view
    }

    static func groups(_ text: String = "extract") -> TaskListView {
        var view = TaskListView(
            TaskListAddress(layout: .groups), .groups([]), total: 9, position: Position(rawValue: 9_120), now: now)
        let steps = [
            StepLineView(
                path: StepPath(rawValue: text), kind: "for_each", state: .running,
                duration: .counting(since: before(seconds: 3)), tokens: TokensView(prompt: 5, completion: 1),
                cost: .nanoDollars(1_000_000), loop: LoopView(total: 10, finished: 7, failed: 1)),
            StepLineView(
                path: StepPath(rawValue: "report"), kind: "command", state: .queued, duration: .notStarted, cost: .none),
        ]
        var row = rows[0]
        row.origin = text
        view.content = .groups([
            TaskGroupView(
                group: .running,
                cards: [TaskCardView(row: row, steps: steps, hiddenSteps: 3), TaskCardView(row: rows[1])],
                total: 7, page: 1),
            TaskGroupView(group: .failed, cards: [TaskCardView(row: rows[5])], total: 2, page: 1),
        ])
        return view
    }

    static func nothingFits(_ text: String = "zebra") -> TaskListView {
        var view = TaskListView(
            TaskListAddress(["status": "failed", "search": text]), .table([]), total: 0, position: .zero, now: now)
        view.all = 12_431
        view.relaxations = [("status", 2), ("search", 61)]
        return view
    }

    static func failedList(_ text: String = "zzz") -> TaskListView {
        var view = TaskListView(
            TaskListAddress(["status": text, "from": text, "search": "kept"]),
            .failed("There is no status \"\(text)\".", hint: "it is one of queued, running"), total: 0, position: .zero,
            now: now)
        view.choices = [FilterChoiceView(name: "status", values: [(text, nil)])]
        return view
    }

    static func bulk(_ action: Runtime.BulkAction, text: String = "month-end") -> BulkView {
        var view = BulkView(
            action: action, tasks: [148, 146, 143].map(TaskNumber.init(rawValue:)), able: 2, list: filtered,
            isAll: false,
            selection: ContentHash(of: Array("148,146".utf8)))
        (view.adding, view.removing) = (text, text)
        return view
    }
}
