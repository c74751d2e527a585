import Core
import Engine
import Runtime
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1)))
struct PageTests {
    /// Every kind of page there is.
    enum Kind: String, CaseIterable {
        case list, emptyList, beyondTheEnd, running, completed, failed, inDoubt, hostile, notFound, broken
        case nested, deciding, inbox, emptyInbox, wrongForm, kill
        case settledInbox, decideTogether, settledRequest, palette
        case filteredList, groups, nothingFits, failedList, bulk, saveView
    }

    static func render(_ kind: Kind) throws -> String {
        let html =
            switch kind {
            case .list: TaskListPage.document(Samples.list)
            case .emptyList: TaskListPage.document(TaskListView(rows: [], total: 0, position: .zero, now: Samples.now))
            case .beyondTheEnd:
                TaskListPage.document(
                    TaskListView(rows: [], total: 3, page: 9, position: .zero, now: Samples.now))
            case .running: TaskPage.document(try Samples.running())
            case .completed: TaskPage.document(try Samples.completed())
            case .failed: TaskPage.document(try Samples.failed())
            case .inDoubt: TaskPage.document(try Samples.inDoubt())
            case .hostile: TaskPage.document(try Samples.hostile(HostileTextTests.texts[0]))
            case .nested: TaskPage.document(try Samples.nested())
            case .deciding: TaskPage.document(try Samples.deciding())
            case .inbox: ApprovalsPage.document(try Samples.inbox())
            case .emptyInbox:
                ApprovalsPage.document(ApprovalsView(requests: [], total: 0, position: .zero, now: Samples.now))
            case .wrongForm:
                ApprovalPage.document(
                    try Samples.inbox().requests[0],
                    state: FormStateView(typed: [:], errors: ["values/copies": "Fill this in."], message: "No"),
                    approvals: 3, now: Samples.now)
            case .settledInbox:
                ApprovalsPage.document(
                    ApprovalsView(
                        requests: try Samples.requests().filter { $0.outcome != nil }, total: 1, position: .zero,
                        now: Samples.now, address: try ApprovalsAddress(query: "show=settled")))
            case .settledRequest:
                ApprovalPage.document(
                    try #require(try Samples.requests().last), state: FormStateView(), approvals: 0, now: Samples.now)
            case .decideTogether:
                DecideTogether.document(
                    DecideTogetherView(
                        verdict: .stop, able: try Samples.requests(), refused: [], back: ApprovalsAddress()),
                    approvals: 0)
            case .palette:
                Palette.document(
                    PaletteView(query: "x", tasks: Samples.rows, total: 99, places: [], approvals: 1))
            case .filteredList: TaskListPage.document(Samples.filteredList())
            case .groups: TaskListPage.document(Samples.groups())
            case .nothingFits: TaskListPage.document(Samples.nothingFits())
            case .failedList: TaskListPage.document(Samples.failedList())
            case .bulk: BulkDialog.document(Samples.bulk(.tag), approvals: 0)
            case .saveView:
                ViewsMenu.document(
                    ViewsMenu.form(Samples.filtered, SaveViewState(name: "x", message: "No", isTaken: true)),
                    approvals: 0)
            case .kill: KillDialog.document(Samples.rows[0], approvals: 0)
            case .notFound: ErrorPage.notFound("There is no task #9")
            case .broken:
                ErrorPage.failure(SignalboxError(.storage, "The database cannot be read", hint: "See the log"))
            }
        return html.text
    }

    @Test(arguments: Kind.allCases)
    func elementsNestAndClose(kind: Kind) throws {
        let page = try MarkupReader.read(try Self.render(kind))
        #expect(page.elements.contains { $0.name == "main" })
    }

    @Test(arguments: Kind.allCases)
    func idsAreUnique(kind: Kind) throws {
        let ids = try MarkupReader.read(try Self.render(kind)).elements.compactMap { $0.attributes["id"] }
        #expect(!ids.isEmpty)
        #expect(Set(ids).count == ids.count, "\(ids.filter { id in ids.count { $0 == id } > 1 })")
    }

    /// The policy refuses them, so they would silently not work.
    @Test(arguments: Kind.allCases)
    func nothingIsInline(kind: Kind) throws {
        for element in try MarkupReader.read(try Self.render(kind)).elements {
            #expect(element.name != "style")
            #expect(element.name != "script" || element.attributes["src"] != nil)
            for name in element.attributes.keys {
                #expect(name != "style" && !name.hasPrefix("on") && !name.hasPrefix("hx-on"))
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func onlyOwnFilesAreLoaded(kind: Kind) throws {
        for element in try MarkupReader.read(try Self.render(kind)).elements {
            let addresses = [element.attributes["src"], element.name == "link" ? element.attributes["href"] : nil]
            for address in addresses.compactMap(\.self) {
                #expect(Assets.asset(at: address) != nil, "\(address)")
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func linksWithinThePageLeadSomewhere(kind: Kind) throws {
        // The hostile page links to a step that is not there; that one is about escaping.
        guard kind != .hostile else { return }
        let elements = try MarkupReader.read(try Self.render(kind)).elements
        let ids = Set(elements.compactMap { $0.attributes["id"] })
        for element in elements {
            let targets = [
                element.attributes["href"].flatMap { $0.hasPrefix("#") ? String($0.dropFirst()) : nil },
                element.attributes["data-copy"], element.attributes["for"], element.attributes["aria-labelledby"],
            ]
            for target in targets.compactMap(\.self) { #expect(ids.contains(target), "\(target)") }
        }
    }

    @Test(arguments: DisplayState.allCases)
    func everyStateHasIconWordAndColour(state: DisplayState) throws {
        let badge = Parts.badge(state)
        #expect(badge.text.contains("<svg class=\"lamp\""))
        #expect(badge.text.contains(">\(state.word)</span>"))
        #expect(badge.text.contains("tone-\(state.tone.rawValue)"))
        let sameIcon = DisplayState.allCases.filter { Icons.lamp($0) == Icons.lamp(state) }
        #expect(sameIcon == [state], "shapes differ, so that colour is not needed")

        var view = try Samples.running()
        view.row.state = state
        view.steps[1].state = state
        let page = TaskPage.fragment(view).text
        #expect(page.contains(badge.text))
        #expect(page.contains("<li class=\"\(state.rawValue) tone-\(state.tone.rawValue)\" id=\"step-totals\">"))
    }

    @Test func streamsGoOnFromWhatIsShown() throws {
        #expect(try Self.render(.running).contains(#"hx-sse:connect="/tasks/148/live?after=9120&amp;approvals=0""#))
        #expect(try Self.render(.list).contains(#"hx-sse:connect="/tasks/live?after=9120""#))
        // Also where nothing else changes, the count in the navigation does.
        #expect(try Self.render(.notFound).contains(#"hx-sse:connect="/live""#))
    }

    @Test func assetsAreAddressedByTheirContent() throws {
        #expect(Set(Assets.all.map(\.path)).count == 16)
        for asset in Assets.all {
            #expect(!asset.bytes.isEmpty)
            #expect(asset.path.contains(".\(ContentHash(of: asset.bytes).short)."))
            #expect(Assets.asset(at: asset.path)?.bytes == asset.bytes)
        }
        #expect(Assets.asset(at: "/assets/app.js") == nil)
    }
}
