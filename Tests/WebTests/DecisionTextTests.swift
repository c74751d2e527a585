import Core
import Engine
import Testing

@testable import Web

/// What a person agrees to is what they read: nothing of it is hidden, folded, or cut without a word.
@Suite(.timeLimit(.minutes(1)))
struct DecisionTextTests {
    @Test(arguments: [
        ("\u{202E}txt.exe", "right-to-left override (U+202E)"), ("a\u{200B}b", "zero width space (U+200B)"),
        ("pass\u{200D}wd", "zero width joiner (U+200D)"), ("x\u{E0041}", "tag latin capital letter a (U+E0041)"),
    ])
    func hiddenCharactersAreNamedBeforeAPersonAllowsACall(text: String, name: String) throws {
        let proposals: [JSON] = [
            ["tool": "write_file", "arguments": ["path": .string(text)]],
            ["tool": "write_file", "arguments": ["files": [["name": .string(text)]]]],
            .object(["tool": "write_file", "arguments": .object([text: 1])]),
        ]
        for proposal in proposals {
            let card = try card(.consent, proposal: proposal)
            #expect(card.contains(name))
            #expect(card.contains(Self.named(text)), "\(card)")
            #expect(!Self.shown(card).contains(text))
        }
    }

    /// A decision card with the text in one place: nothing of it may reach the page without its mark.
    static let places: [(name: String, card: @Sendable (String) throws -> String)] = [
        ("title", { try card(.approval, title: $0) }), ("question", { try card(.question, title: $0) }),
        ("tool", { try card(.consent, proposal: ["tool": .string($0), "arguments": [:]]) }),
        ("reason", { try card(.consent, proposal: ["tool": "t", "arguments": [:], "reason": .string($0)]) }),
        (
            "alternatives",
            { try card(.consent, proposal: ["tool": "t", "arguments": [:], "alternatives": [.string($0)]]) }
        ),
        ("command", { try card(.consent, proposal: ["arguments": ["echo", .string($0)]]) }),
        ("address", { try card(.consent, proposal: ["method": "GET", "url": .string($0)]) }),
        ("text", { try card(.approval, proposal: .string($0)) }),
        ("Markdown", { try card(.approval, proposal: .string("# \($0)\n\n`\($0)`\n\n```\n\($0)\n```\n")) }),
        ("decider", { try card(.approval, proposal: 1, deciders: [$0]) }),
        (
            "form",
            {
                try card(
                    .approval, proposal: 1,
                    form: ["type": "object", "properties": ["a": ["type": "string", "title": .string($0)]]])
            }
        ),
    ]

    @Test(arguments: places.indices)
    func hiddenCharactersAreNamedWhereverTheyStand(place: Int) throws {
        let text = "safe\u{202E}fdp.exe"
        let card = try Self.places[place].card(text)
        #expect(card.contains(Self.named(text)), "\(Self.places[place].name): \(card)")
        #expect(card.contains("right-to-left override (U+202E)"))
        #expect(!Self.shown(card).unicodeScalars.contains("\u{202E}"), "\(Self.places[place].name): \(card)")
    }

    @Test(arguments: ["report.txt", "👩\u{200D}💻", "می\u{200C}خواهم", "שלום", "a\nb\tc"])
    func ordinaryTextIsNotWarnedOf(text: String) throws {
        let card = try card(.consent, proposal: ["tool": "write_file", "arguments": ["path": .string(text)]])
        #expect(!card.contains("not shown") && !card.contains("hidden-character"))
    }

    @Test func deepValuesAreOpen() throws {
        var deep: JSON = ["path": "/etc/passwd"]
        for level in 0..<12 { deep = ["level": .int(Int64(level)), "inside": deep] }
        let card = try card(.consent, proposal: ["tool": "write_file", "arguments": deep])
        let tree = try #require(card.firstRange(of: "class=\"tree\"")).upperBound
        let folds = card[tree...].matches(of: /<details( open)?><summary data-size/)
        #expect(folds.count == 13)
        #expect(folds.allSatisfy { $0.output.1 != nil })
        #expect(card.contains("/etc/passwd"))
    }

    @Test(arguments: [
        JSON.string(String(repeating: "word ", count: 5_000)), .string(String(repeating: "x\n", count: 1_000)),
        .string("# Report\n" + String(repeating: "word ", count: 20_000)),
        .array(Array(repeating: "value", count: 2_000)),
    ])
    func whatIsCutSaysSoAndLeadsToTheWhole(proposal: JSON) throws {
        let card = try card(.review, proposal: proposal)
        #expect(card.contains("This is not all of it: the first "))
        #expect(card.contains("<a href=\"/approvals/148-1/proposal\">Read all of it</a>"))
        let request = Samples.view(try Samples.request(.review, proposal: proposal))
        let page = ProposalPage.document(request, approvals: 1, now: Samples.now).text
        let all: HTML = "\(proposal.stringValue ?? proposal.prettyText)"
        #expect(page.contains(all.text))
        #expect(!page.contains("This is not all of it"))
    }

    @Test func whatIsShortIsNotCut() throws {
        #expect(try !card(.review, proposal: "A short text.").contains("This is not all of it"))
    }

    /// Without what is typed into and what is copied, which stay as they are.
    private static func shown(_ card: String) -> String {
        card.replacing(/<textarea[^>]*>[^<]*<\/textarea>/, with: "")
            .replacing(/(data-copy-text|value)="[^"]*"/, with: "")
    }

    private static func named(_ text: String) -> String {
        HiddenCharacter.pieces(of: text).map { piece in
            switch piece {
            case .shown(let text): text
            case .hidden(let character):
                """
                <mark class="hidden-character" title="\(character.words): a character that is not shown">\
                &lt;\(character.code)&gt;</mark>
                """
            }
        }.joined()
    }

    static func card(
        _ kind: DecisionRequest.Kind, title: String = "Send it?", proposal: JSON? = nil, form: JSON? = nil,
        deciders: [String] = []
    ) throws -> String {
        let request = try Samples.request(kind, title: title, proposal: proposal, form: form, deciders: deciders)
        return RequestCard.render(Samples.view(request), origin: "task", now: Samples.now).text
    }

    private func card(_ kind: DecisionRequest.Kind, proposal: JSON) throws -> String {
        try Self.card(kind, proposal: proposal)
    }
}
