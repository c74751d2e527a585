import Core
import HTTPServer
import Runtime
import Store
import Testing

@testable import Web

/// What the list says of itself in its address, and how its parts look.
@Suite(.timeLimit(.minutes(1)))
struct TaskListTests {
    static func address(_ query: String) throws -> TaskListAddress { try TaskListAddress(query: query) }

    @Test(arguments: [
        "", "status=failed,cancelled&sort=-cost", "plan=a%20b%26c&from=2026-11-01&to=2026-11-02&zone=Europe%2FBerlin",
        "tag=x,y&search=100%25&page=3&size=50", "layout=groups&started=shown&open=7,9&running-page=4&failed-page=2",
        "cursor=abc_-",
    ])
    func addressesAreKept(query: String) throws {
        #expect(try Self.address(query).query == query)
    }

    @Test(arguments: [
        ("status=&plan=&search=x", "search=x"), ("status=failed&status=cancelled", "status=failed,cancelled"),
        ("zone=Europe/Berlin&tag=a", "tag=a"), ("page=1&size=25&sort=-created&layout=table", ""),
        ("utm=1&open=x,7&failed-page=0", "open=7"),
    ])
    func whatSaysNothingIsLeftOut(query: String, short: String) throws {
        #expect(try Self.address(query).query == short)
    }

    @Test(arguments: [("status=&plan=a", true), ("status=a&status=b", true), ("status=a,b", false), ("", false)])
    func addressesOfFormsAreMadeShort(query: String, isWordy: Bool) throws {
        #expect(TaskListAddress.isWordy(try Request(.get, "/tasks?\(query)").query) == isWordy)
    }

    @Test func anotherFilterBeginsWithTheFirstPage() throws {
        let address = try Self.address("status=failed&page=3&cursor=x&open=7&failed-page=2&size=50&layout=groups")
        #expect(address.with("tag", "a").query == "status=failed&tag=a&size=50&layout=groups")
        #expect(address.unfiltered.query == "size=50&layout=groups")
    }

    @Test func pages() {
        let pager = Pager(page: 2, pageCount: 3, pageSize: 25, total: 61, isInPlace: true)
        #expect(
            pager.render { Samples.filtered.onPage($0).path }.text == """
                <nav class="pager" aria-label="Pages">
                <span class="dim number">26–50 of 61</span>
                <span class="links"><a class="button" href="/tasks?status=failed&amp;plan=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;sort=-cost" data-go="top">First</a><a class="button" href="/tasks?status=failed&amp;plan=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;sort=-cost" rel="prev" data-go="top">Previous</a><span class="number">Page 2 of 3</span><a class="button" href="/tasks?status=failed&amp;plan=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;sort=-cost&amp;page=3" rel="next" data-go="top">Next</a><a class="button" href="/tasks?status=failed&amp;plan=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;sort=-cost&amp;page=3" data-go="top">Last</a></span>
                </nav>
                """)
    }

    @Test func ofTooManyNobodyKnowsTheLastPage() {
        let pager = Pager(page: 2, pageCount: 400, pageSize: 25, total: 10_000, isTotalExact: false)
        let text = pager.render { "/tasks?page=\($0)" }.text
        #expect(text.contains(">26–50 of 10,000+<") && text.contains(">Page 2<") && !text.contains("Last"))
    }

    @Test func groupsAreCountedAndTakenBackByTheSameLink() {
        var view = Samples.filteredList()
        view.address = TaskListAddress(["group": "failed"])
        let text = GroupBar.render(view).text
        #expect(text.contains(#"<a href="/tasks" data-go="keep">All <span class="number">12,467</span></a>"#))
        #expect(text.contains(#"<a class="tone-red" href="/tasks" data-go="keep" aria-current="true">"#))
        #expect(text.contains(#"<a class="tone-amber none" href="/tasks?group=waiting" data-go="keep">"#))
    }

    @Test func headingsTurnTheOrderRound() throws {
        func hrefs(_ sort: String?) throws -> [String] {
            let view = TaskListView(
                rows: Samples.rows, total: 61, position: .zero, now: Samples.now,
                address: TaskListAddress(sort.map { ["sort": $0] } ?? [:]))
            let elements = try MarkupReader.read(TaskTable.render(view, Samples.rows).text).elements
            let links = elements.filter { $0.name == "a" }.compactMap { $0.attributes["href"] }
            return Array(links.prefix(5))
        }
        #expect(
            try hrefs(nil) == [
                "/tasks?sort=name", "/tasks?sort=-duration", "/tasks?sort=-tokens", "/tasks?sort=-cost",
                "/tasks?sort=created",
            ])
        #expect(try hrefs("-cost")[3] == "/tasks?sort=cost")
        #expect(try hrefs("name")[0] == "/tasks?sort=-name")
        #expect(try hrefs("created")[4] == "/tasks")
    }

    @Test func filtersStandAboveAndCanBeTakenBack() {
        let text = ListToolbar.render(Samples.filteredList()).text
        #expect(
            text.contains(
                """
                <li><span class="list-chip"><span class="dim">Status</span> <span class="name">Failed</span>\
                <a href="/tasks?plan=invoices&amp;tag=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;search=invoices&amp;sort=-cost" \
                data-go="keep" aria-label="Remove the filter Status: Failed">
                """))
        #expect(text.contains(#"<option value="failed" selected>Failed (61)</option>"#))
    }

    @Test func rowsThatAreHeldAreNamedInTheStream() {
        #expect(
            TaskListPage.streamPath(of: Samples.filteredList())?.hasSuffix(
                "&page=2&held=148,147,146,145,144,143,142,141,140&newest=148&after=9120") == true)
        #expect(TaskListPage.fragment(Samples.filteredList()).text.contains(">3 new tasks</a>"))
    }

    @Test func whatFitsNothingSaysWhichFilterIsToBeRelaxed() {
        #expect(
            ListNotices.nothing(Samples.nothingFits()).text == """
                <section class="panel empty unfit"><h2>0 of 12,431 match</h2>
                <p>No task fits all of these filters.</p>
                <ul class="ways"><li><a href="/tasks?search=zebra" data-go="keep">Without <b>Status: <span class="name">Failed</span></b></a> <span class="number dim">2 tasks</span></li><li><a href="/tasks?status=failed" data-go="keep">Without <b>Search: <span class="name">“zebra”</span></b></a> <span class="number dim">61 tasks</span></li></ul>
                <p><a class="button" href="/tasks" data-go="keep">Clear all filters</a></p></section>
                """)
    }

    @Test func whatFailedKeepsWhatWasTyped() {
        let text = TaskListPage.document(Samples.failedList()).text
        #expect(text.contains("The list could not be loaded") && text.contains("It is one of queued, running"))
        #expect(text.contains(#"name="search" value="kept""#))
        #expect(text.contains(#"<option value="zzz" selected>Zzz</option>"#))
        #expect(text.contains(#"<input type="text" name="from" value="zzz""#))
        // What it could not load does not come by itself; that the server is there is shown all the same.
        #expect(text.contains(#"hx-sse:connect="/live""#))
    }

    @Test func cardsUnfoldInPlace() {
        let text = TaskListPage.fragment(Samples.groups()).text
        #expect(
            text.contains(
                #"id="chevron-148" href="/tasks?layout=groups" data-go="fold" role="button" aria-expanded="true""#))
        #expect(
            text.contains(
                #"id="chevron-147" href="/tasks?layout=groups&amp;open=147" data-go="fold" role="button" aria-expanded="false""#
            ))
        #expect(text.contains(#"<a class="name" href="/tasks/148#step-extract">extract</a>"#))
        #expect(text.contains("and 3 more steps"))
        #expect(text.contains(#"href="/tasks?layout=groups&amp;running-page=2""#))
    }

    @Test(arguments: [
        (Runtime.BulkAction.kill, "Kill 2 running tasks?", "Any work in progress will be lost."),
        (.cancel, "Cancel 2 tasks?", "10 seconds to stop"), (.delete, "Delete 2 tasks?", "lost for good"),
        (.retry, "Retry 2 tasks?", "finished steps keep their outputs"),
        (.rerun, "Rerun 2 tasks?", "the plan as it was"),
        (.tag, "Tag 2 tasks", "commas between them"),
    ])
    func theQuestionSaysWhatFollows(action: Runtime.BulkAction, heading: String, consequence: String) {
        let text = BulkDialog.render(Samples.bulk(action)).text
        #expect(text.contains(">\(heading)</h2>") && text.contains(consequence))
        #expect(text.contains("1 other of the selected"))
        #expect(text.contains(#"name="expected" value="\#(Samples.bulk(action).selection.rawValue)""#))
    }

    @Test(arguments: [
        (DisplayState.queued, "rerun cancel tag"), (.running, "rerun cancel kill tag"),
        (.approvalRequired, "rerun cancel kill tag"), (.completed, "rerun delete tag"),
        (.failed, "rerun retry delete tag"), (.cancelled, "rerun delete tag"),
    ])
    func rowsSayWhatCanBeDoneToThem(state: DisplayState, words: String) {
        var row = Samples.rows[0]
        row.state = state
        #expect(TaskListRow.pick(row).text.contains("data-can=\"\(words)\""))
    }

    @Test func nobodyIsAskedWhetherToDoItToNone() {
        let view = BulkView(
            action: .cancel, tasks: [TaskNumber(rawValue: 1)], able: 0, list: TaskListAddress(), isAll: false,
            selection: Runtime.selection(of: []), adding: "", removing: "")
        let dialog = BulkDialog.render(view).text
        #expect(dialog.contains("Cancel: none of the selected</h2>") && !dialog.contains("0 tasks"))
    }

    @Test func anEmptyListLeadsToANewTask() {
        let view = TaskListView(rows: [], total: 0, position: .zero, now: Samples.now)
        #expect(ListNotices.nothing(view).text.contains("<a class=\"button main\" href=\"/tasks/new\">New task</a>"))
    }

    @Test func whereItWasNotDoneSaysWhy() {
        var view = Samples.bulk(.retry)
        view.refusals = [(TaskNumber(rawValue: 143), "It does the work of a step of task #7: retry that one.")]
        let text = BulkDialog.render(view).text
        #expect(
            text.contains("Done to 1 of 2 tasks.") && text.contains("<a href=\"/tasks/143\">#143</a> It does the work"))
        #expect(!text.contains("name=\"expected\""))
    }

    @Test(arguments: HostileTextTests.texts + ["a,b", "&amp;", String(repeating: "x", count: 100_000)])
    func hostileTextStaysText(text: String) throws {
        func shape(_ text: String) throws -> [[String]] {
            let pages = [
                TaskListPage.document(Samples.filteredList(text)), TaskListPage.document(Samples.groups(text)),
                TaskListPage.document(Samples.nothingFits(text)), TaskListPage.document(Samples.failedList(text)),
                BulkDialog.render(Samples.bulk(.tag, text: text)),
                ViewsMenu.form(Samples.filtered, SaveViewState(name: text, message: text, isTaken: true)),
            ]
            return try pages.map { page in
                try MarkupReader.read(page.text).elements.map { "\($0.name) \($0.attributes.keys.sorted())" }
            }
        }
        #expect(try shape(text) == shape(HostileTextTests.hidden(in: text) + "word"))
    }
}
