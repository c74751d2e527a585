import Core
import HTTPServer
import Testing

@testable import Web

/// What stands around every page: navigation, palette, keys, sentences about what happened.
@Suite(.timeLimit(.minutes(1)))
struct FrameTests {
    private static let script = String(decoding: Assets.script.bytes, as: UTF8.self)

    /// The map is the one list of keys: what it promises, the script must know.
    @Test(arguments: [KeyGroup.everywhere, .list, .requests])
    func everyCommandOfTheMapIsKnownToTheScript(group: KeyGroup) {
        for binding in group.bindings {
            guard let command = binding.command else { continue }
            let isKnown =
                Self.script.contains("\n    \(command): (") || Self.script.contains("signalboxKeys.add(\"\(command)\"")
            #expect(isKnown, "\(command)")
        }
    }

    @Test(arguments: [[KeyGroup.list], [.requests]])
    func noKeyOfAPageMeansTwoThings(groups: [KeyGroup]) {
        let keys = (groups + [.everywhere]).flatMap(\.bindings).flatMap(\.keys)
        #expect(Set(keys).count == keys.count)
        // A key that begins another one would never get to it.
        for key in keys { #expect(!keys.contains { $0.hasPrefix("\(key) ") }, "\(key)") }
    }

    @Test func aKeyIsToldAsItIsPressed() {
        let group = KeyGroup(
            name: "Here", bindings: [KeyBinding("j", "ArrowDown", does: "Next", command: "next")])
        #expect(
            KeyMap.dialog([group]).text.contains(
                """
                <section><h3>Here</h3><dl><div data-keys="j,ArrowDown" data-command="next">\
                <dt><kbd>j</kbd> <span class="dim">or</span> <kbd>↓</kbd></dt><dd>Next</dd></div></dl></section>
                """))
    }

    @Test func eachPartOfTheProductIsLinkedOnce() throws {
        let links = try MarkupReader.read(try PageTests.render(.inbox)).elements.filter { $0.name == "a" }
        for section in Layout.Section.navigable {
            let meant = links.filter { $0.attributes["href"] == section.path && $0.attributes["class"] == nil }
            let current = meant.filter { $0.attributes["aria-current"] == "true" }
            #expect(!meant.isEmpty, "\(section)")
            #expect(current.isEmpty == (section != .approvals), "\(section)")
        }
    }

    private static func palette(_ query: String, tasks: [TaskRowView], total: Int? = nil) -> PaletteView {
        PaletteView(
            query: query, tasks: tasks, total: total ?? tasks.count,
            places: [PaletteView.Place(word: "Plans", path: "/plans", note: "g p")])
    }

    @Test func resultsAreOptionsOfAList() throws {
        let markup = Palette.results(Self.palette("inv", tasks: [Samples.rows[0]], total: 12)).text
        let elements = try MarkupReader.read(markup).elements
        let options = elements.filter { $0.attributes["role"] == "option" }
        #expect(options.compactMap { $0.attributes["href"] } == ["/tasks/148", "/tasks?search=inv", "/plans"])
        #expect(options.allSatisfy { $0.attributes["aria-selected"] == "false" && $0.attributes["tabindex"] == "-1" })
        #expect(Set(options.compactMap { $0.attributes["id"] }).count == 3)
        #expect(elements.first?.attributes["data-query"] == "inv")
        #expect(markup.contains("All 12 tasks that fit"))
    }

    @Test func withoutScriptsTheyAreLinks() throws {
        let page = try MarkupReader.read(Palette.document(Self.palette("inv", tasks: [Samples.rows[0]])).text)
        #expect(!page.elements.contains { $0.attributes["role"] == "option" })
        #expect(page.elements.contains { $0.attributes["href"] == "/tasks/148" })
    }

    @Test(arguments: [
        ("zebra", TaskNumber?.none, "No task and no page fits “zebra”."),
        ("9", TaskNumber(rawValue: 9), "There is no task #9."),
    ])
    func whereNothingFitsThatIsSaid(query: String, number: TaskNumber?, words: String) {
        let view = PaletteView(query: query, number: number, tasks: [], total: 0, places: [])
        #expect(Palette.results(view).text.contains("data-status=\"\(words)\""))
    }

    @Test(arguments: HostileTextTests.texts)
    func hostileQueriesStayText(text: String) throws {
        var row = Samples.rows[0]
        row.name = text
        func page(_ text: String) throws -> [String] {
            row.name = text
            var view = Self.palette(text, tasks: [row])
            view.places = [PaletteView.Place(word: text, path: "/tasks")]
            return try MarkupReader.read(Palette.document(view).text).elements.map(\.name)
        }
        #expect(try page(text) == page(HostileTextTests.hidden(in: text) + "word"))
    }

    @Test func whatWasDoneCanBeTakenBack() throws {
        var request = try Request(.post, "/x")
        request.headers["HX-Request"] = "true"
        let response = Response.done(
            request, saying: "Archived “ü”", back: "/plans", undo: Undo("/plans/a/restore", ["b": "1", "a": "\""]))
        #expect(response.status == .noContent)
        #expect(
            response.headers["HX-Trigger"]
                == #"{"sb:say":{"text":"Archived \u201c\u00fc\u201d","bad":false,"undo":{"path":"/plans/a/restore","fields":{"a":"\"","b":"1"}}}}"#
        )
    }
}
