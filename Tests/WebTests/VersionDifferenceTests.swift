import Core
import Testing

@testable import Web

/// The lines of two versions beside each other.
@Suite(.timeLimit(.minutes(1)))
struct VersionDifferenceTests {
    private static let unified = """
        --- plan.yaml
        +++ plan.yaml
        @@ -2,4 +2,4 @@
         steps:
        --- this line begins with two dashes
        -  say: hello there
        +++ and this one with two crosses
        +  say: hello you
           done: {}
        --- a.py
        +++ a.py
        @@ -0,0 +1 @@
        +print(1)

        """

    @Test func linesAreTakenApart() {
        let files = UnifiedDifference(Self.unified).files
        #expect(files.map(\.name) == ["plan.yaml", "a.py"])
        let lines = files[0].lines
        #expect(lines.count == 7)
        #expect(lines[0] == .skip(2) && lines[1] == .both(2, 2, "steps:") && lines[6] == .both(5, 5, "  done: {}"))
        #expect(lines[3] == .removed(4, [word("  say: hello "), word("there", true)]))
        #expect(lines[5] == .added(4, [word("  say: hello "), word("you", true)]))
        #expect(text(lines[2]) == "-- this line begins with two dashes")
        #expect(text(lines[4]) == "++ and this one with two crosses")
        #expect(files[1].lines == [.added(1, [word("print(1)")])])
    }

    private func text(_ line: UnifiedDifference.Line) -> String? {
        switch line {
        case .removed(3, let words), .added(3, let words): words.map(\.text).joined()
        default: nil
        }
    }

    @Test func whatHasNothingInCommonIsNotMarked() {
        let lines = UnifiedDifference("--- a\n+++ a\n@@ -1 +1 @@\n-alpha\n+beta\n").files[0].lines
        #expect(lines == [.removed(1, [word("alpha")]), .added(1, [word("beta")])])
    }

    @Test func markedWordsAreElementsOfTheirOwn() throws {
        let version = PlanView.Version(hash: ContentHash(of: [1]), savedAt: Samples.now, author: "ada", note: "Why")
        let view = VersionDifferenceView(
            kind: .plan, name: "letters", from: version, to: version, text: Self.unified, approvals: 0,
            now: Samples.now)
        let page = VersionDifferencePage.document(view).text
        #expect(page.contains("hello <del>there</del>") && page.contains("hello <ins>you</ins>"))
        #expect(page.ranges(of: "<section class=\"panel difference\">").count == 2)
        #expect(try !MarkupReader.read(page).elements.isEmpty)
    }

    private func word(_ text: String, _ isMarked: Bool = false) -> UnifiedDifference.Word {
        UnifiedDifference.Word(text: text, isMarked: isMarked)
    }

    @Test func `the earlier times that a version was saved stand below the last one`() {
        var version = PlanView.Version(hash: ContentHash(of: [1]), savedAt: Samples.now, author: "ada", note: "Why")
        #expect(LibraryPage.earlier(version, now: Samples.now).text.isEmpty)
        version.earlier = [
            PlanView.Saving(savedAt: Samples.before(seconds: 42), author: "zoë", note: "<b>"),
            PlanView.Saving(savedAt: Samples.before(seconds: 61), author: nil, note: nil),
        ]
        let list = LibraryPage.earlier(version, now: Samples.now).text
        #expect(list.contains("42 s ago") && list.contains("zoë") && list.contains("&lt;b&gt;"))
        #expect(list.contains("aria-label=\"Saved before\"") && list.split(separator: "<li>").count == 3)
    }
}
