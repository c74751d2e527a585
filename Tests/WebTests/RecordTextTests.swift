import Core
import Engine
import Testing

@testable import Web

/// What others wrote is read afterwards as it was before a decision: no page draws a hidden character without its name.
@Suite(.timeLimit(.minutes(1)))
struct RecordTextTests {
    static let texts = [
        "invoice\u{202E}fdp.exe", "pass\u{200B}word", "x\u{E0041}y", "ls\u{2028}rm", "\u{2066}a\u{2069}", "so\u{AD}ft",
    ]

    /// A page, or a part of one, with the same text in every place that comes from outside.
    enum Place: CaseIterable, Sendable {
        case task, list, turn, error, kill, decisions, runs, choice, wait, markdown

        func markup(_ text: String) throws -> String {
            switch self {
            case .task: return TaskPage.document(try Samples.hostile(text)).text
            case .list:
                let row = try Samples.hostile(text).row
                let view = TaskListView(rows: [row], total: 1, position: .zero, now: Samples.now)
                return TaskListPage.document(view).text
            case .turn: return TurnPageTests.page(whole: true, text: text)
            case .error: return ErrorPage.failure(SignalboxError(.notFound, text, hint: text)).text
            case .kill: return KillDialog.document(try Samples.hostile(text).row, approvals: 0).text
            case .decisions:
                let request = try Samples.request(.approval, title: text, proposal: [.string(text)])
                let decision = Decision(.approve, edits: .string(text), feedback: text, by: text)
                return SettledRequests.render([Samples.view(request, decision: decision)], now: Samples.now).text
            case .runs:
                let attempt = AttemptView(number: 2, cause: text, startedAt: Samples.now, sentence: text)
                return AttemptList.render([attempt], now: Samples.now).text
            case .choice:
                let condition = ConditionView(
                    expression: text, value: .string(text), parts: [(text, .string(text))])
                let choice = ChoiceView(agent: text, reason: text, alternatives: [text])
                return ConditionBlock.render(condition, heading: "Why").text + ConditionBlock.render(choice).text
            case .wait:
                let wait = WaitView(
                    reason: "signal", sentence: text, since: Samples.now, blocker: .signal(name: text, key: text))
                return WaitBlock.render(wait, now: Samples.now).text
            case .markdown:
                let source = "# \(text)\n\n`\(text)`\n\n```\n\(text)\n```\n"
                return PayloadBlock.content(of: .markdown(source), id: "x").text
            }
        }
    }

    @Test(arguments: Place.allCases, texts)
    func hiddenCharactersAreNamed(place: Place, text: String) throws {
        let markup = try place.markup(text)
        for character in Self.hidden(in: text) {
            #expect(markup.contains("\(character.words): a character that is not shown"))
            #expect(!markup.unicodeScalars.contains(character.scalar), "\(Self.beginning(of: markup, to: character))")
        }
    }

    @Test(arguments: Place.allCases, ["report.txt", "👩\u{200D}💻", "می\u{200C}خواهم", "क\u{94D}\u{200D}ष", "שלום"])
    func ordinaryTextStaysAsItIs(place: Place, text: String) throws {
        let markup = try place.markup(text)
        #expect(markup.contains(text))
        #expect(!markup.contains("hidden-character"))
    }

    /// Copy takes the text from the page with the names turned back, or from an attribute.
    @Test(arguments: texts)
    func whatIsCopiedKeepsItsCharacters(text: String) {
        let markdown = PayloadBlock.render(.markdown(text), id: "x", name: "Output").text
        #expect(markdown.contains("data-copy-text=\"\(text)\""))
        let plain = PayloadBlock.render(.text(text), id: "x", name: "Output").text
        #expect(plain.contains("data-copy=\"x\""))
        // The script looks for these.
        for character in Self.hidden(in: text) {
            #expect(plain.contains("<mark class=\"hidden-character\""))
            #expect(plain.contains("&lt;\(character.code)&gt;</mark>"))
        }
    }

    private static func hidden(in text: String) -> [HiddenCharacter] {
        HiddenCharacter.pieces(of: text).compactMap { piece in
            if case .hidden(let character) = piece { character } else { nil }
        }
    }

    /// What stands before the first one that is drawn.
    private static func beginning(of markup: String, to character: HiddenCharacter) -> String {
        String(String.UnicodeScalarView(markup.unicodeScalars.prefix { $0 != character.scalar }.suffix(80)))
    }
}
