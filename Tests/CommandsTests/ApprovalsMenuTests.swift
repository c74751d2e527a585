import Core
import Testing

@testable import Client
@testable import Commands

/// What `signalbox approvals` shows, and what its keys mean.
@Suite(.timeLimit(.minutes(1)))
struct ApprovalsMenuTests {
    private static let now = Timestamp(millisecondsSinceEpoch: 1_795_176_000_000)
    private static let size = Output.Size(columns: 60, rows: 10)

    private static func request(_ id: String, _ more: JSONObject = [:]) -> JSON {
        var object: JSONObject = [
            "id": .string(id), "task": 7, "task_name": "a task with quite a long name", "step": "sign",
            "kind": "approval", "title": .string("Send the letter \(id) to everybody who is on the long list?"),
            "state": "open", "deciders": [], "requested": "2026-11-20T12:00:00.000Z",
        ]
        for member in more { object[member.name] = member.value }
        return .object(object)
    }

    private static func page(_ ids: [String]) throws -> ApprovalPage {
        try ApprovalPage(["approvals": .array(ids.map { request($0) }), "total": .int(Int64(ids.count))])
    }

    private static func menu(_ count: Int) throws -> ApprovalsMenu {
        var menu = ApprovalsMenu()
        menu.take(try page((1...count).map { "7-\($0)" }))
        return menu
    }

    private static func lines(_ menu: inout ApprovalsMenu) -> [String] {
        menu.lines(size, at: now, style: Style(hasColours: false))
    }

    @Test func `nothing is drawn outside of the terminal`() throws {
        var menu = try Self.menu(30)
        for key in [Key.down, .pageDown, .last] {
            #expect(menu.press(key) == nil)
            let lines = Self.lines(&menu)
            #expect(lines.count <= Self.size.rows)
            #expect(lines.allSatisfy { DisplayText.width($0) <= Self.size.columns })
            let id = try #require(menu.selected?.id)
            #expect(lines.contains { $0.hasPrefix("›  \(id) ") }, "what is selected is seen")
        }
        #expect(menu.selected?.id == "7-30")
    }

    @Test func `keys choose one of them, show it and begin a decision`() throws {
        var menu = try Self.menu(3)
        #expect(menu.press(.up) == nil)
        #expect(menu.press(.character("j")) == nil)
        #expect(menu.press(.enter) == .show("7-2"))
        #expect(menu.press(.character("a")) == .decide("7-2", letter: "a", isSeen: false))
        menu.show(try Approval(Self.request("7-2")))
        #expect(menu.press(.character("r")) == .decide("7-2", letter: "r", isSeen: true))
        #expect(Self.lines(&menu).last == "[a]pprove / [r]eject / [s]top the task / [l]ater · Esc back…")
        #expect(menu.press(.back) == nil)
        #expect(menu.shown == nil)
        #expect(menu.press(.character("q")) == .leave)
    }

    @Test func `what is selected stays so while others come and go`() throws {
        var menu = try Self.menu(3)
        _ = menu.press(.down)
        menu.take(try Self.page(["7-2", "7-3", "9-1"]))
        #expect(menu.selected?.id == "7-2")
        menu.take(try Self.page(["9-1"]))
        #expect(menu.selected?.id == "9-1")
        menu.take(try Self.page([]))
        #expect(menu.selected == nil)
        #expect(menu.press(.enter) == nil)
        #expect(Self.lines(&menu).first == "Nothing waits for a person.")
    }

    @Test func `what is long can be read to its end`() throws {
        var menu = try Self.menu(1)
        menu.show(try Approval(Self.request("7-1", ["proposal": .array((1...40).map { .int($0) })])))
        _ = Self.lines(&menu)
        #expect(menu.press(.last) == nil)
        let lines = Self.lines(&menu)
        #expect(lines.contains("  ]"))
        #expect(lines.contains("The end; ↑ goes up"))
        #expect(menu.press(.first) == nil)
        #expect(Self.lines(&menu).first?.hasPrefix("Approval 7-1: Send the letter") == true)
    }

    @Test func `what was said is said until the next key, and a lost server before it`() throws {
        var menu = try Self.menu(1)
        menu.message = "7-1 approved"
        #expect(Self.lines(&menu).contains("7-1 approved"))
        menu.isLost = true
        #expect(Self.lines(&menu).contains(ConnectionText.brief))
        menu.take(try Self.page(["7-1"]))
        _ = menu.press(.other)
        #expect(!Self.lines(&menu).contains { $0 == "7-1 approved" || $0 == ConnectionText.brief })
    }

    @Test(arguments: [
        ("one two three", 7, ["one two", "three"]), ("one two", 7, ["one two"]), ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("  \"key\": 1", 6, ["  \"key", "\": 1"]), ("", 5, [""]), ("漢字漢", 4, ["漢字", "漢"]), ("漢", 1, ["漢"]),
    ])
    func `lines that are too long are broken`(_ text: String, _ columns: Int, _ lines: [String]) {
        #expect(DisplayText.wrapped(text, to: columns) == lines)
    }
}
