import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1)))
struct WordDiffTests {
    @Test func changedWordsStandAlone() {
        let diff = WordDiff(from: "Check the invoices of March.", to: "Check all invoices of April.")
        #expect(
            diff.pieces == [
                .same("Check "), .removed("the"), .added("all"), .same(" invoices of "), .removed("March"),
                .added("April"), .same("."),
            ])
    }

    /// Words that changed on both sides of a space read better as one change.
    @Test func neighbouringChangesAreOne() {
        let diff = WordDiff(from: "pay ten euros now", to: "pay twenty dollars now")
        #expect(diff.pieces == [.same("pay "), .removed("ten euros"), .added("twenty dollars"), .same(" now")])
    }

    @Test func ideographsAreWords() {
        #expect(
            WordDiff(from: "請求書を確認", to: "請求書を承認").pieces
                == [.same("請求書を"), .removed("確"), .added("承"), .same("認")])
    }

    /// Two spellings of one letter are the same to Swift, but not the same text.
    @Test func spellingsOfAnAccentDiffer() {
        #expect(!WordDiff(from: "caf\u{E9}", to: "cafe\u{301}").isSame)
        #expect(WordDiff(from: "same", to: "same").pieces == [.same("same")])
        #expect(WordDiff(from: "", to: "").pieces.isEmpty)
    }

    /// Whatever differs, both texts can be read out of the pieces.
    @Test(arguments: Self.pairs)
    func piecesAreBothTexts(before: String, after: String) {
        let pieces = WordDiff(from: before, to: after).pieces
        #expect(Self.side(pieces, isAfter: false).utf8.elementsEqual(before.utf8))
        #expect(Self.side(pieces, isAfter: true).utf8.elementsEqual(after.utf8))
    }

    /// The way is the shortest there is: as long as the longest common row of words says.
    @Test(arguments: 0..<40)
    func wayIsTheShortest(seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func row() -> [Substring] {
            (0..<12).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return ["a", "b", "c"][Int(state >> 33) % 3]
            }
        }
        let (old, new) = (row(), row())
        let edits = MyersSearch.edits(from: old, to: new, editsMaximum: 100) ?? []
        let cost = edits.reduce(0) { sum, edit in
            if case .keep = edit { sum } else { sum + edit.words }
        }
        #expect(cost == old.count + new.count - 2 * Self.longestCommon(old, new))
    }

    /// A text of which every word is another one is compared by lines, then given up; both stay whole.
    @Test func hugeDifferencesAreBounded() {
        let before = (0..<40_000).map { "a\($0)" }.joined(separator: " ")
        let after = (0..<40_000).map { "b\($0)" }.joined(separator: " ")
        #expect(WordDiff(from: before, to: after).pieces == [.removed(before), .added(after)])
    }

    /// More changed words than are searched for at once, but in few lines: these are found first.
    @Test func manyChangesAreFoundByLines() {
        let before = (0..<400).map { "head \($0)\nkeep \($0) \($0 * 7) \($0 * 3)\n" }.joined()
        let after = (0..<400).map { "head \($0)\nkeep \($0) \($0 * 8) \($0 * 5)\n" }.joined()
        let pieces = WordDiff(from: before, to: after).pieces
        #expect(pieces.count > 800)
        #expect(Self.side(pieces, isAfter: false) == before)
        #expect(Self.side(pieces, isAfter: true) == after)
    }

    @Test func breaksThatCameAreDrawn() {
        let markup = DiffBlock.render(before: "one two", after: "one\ntwo <b>", id: "d").text
        #expect(
            markup == """
                <div class="diff" id="d" tabindex="0" role="group" aria-label="Differences">one<del> </del>\
                <ins><span class="line-break" aria-hidden="true">↵</span>
                </ins>two<ins> &lt;b&gt;</ins></div>
                """)
    }

    @Test func longSamenessIsFolded() throws {
        let same = (0..<200).map { "line \($0)\n" }.joined()
        let markup = DiffBlock.render(before: "a\n" + same + "x", after: "b\n" + same + "y", id: "d").text
        #expect(markup.contains("lines the same</summary>"))
        #expect(try MarkupReader.read(markup).text.contains("line 100"))
    }

    private static let pairs: [(String, String)] = [
        ("", "new"), ("old", ""), ("a b c", "a  b c"), ("e\u{301}x", "e\u{301}y"), ("👩‍👩‍👧 b", "👩‍👩‍👧 c"),
        ("a\r\nb", "a\nb"), ("\u{202E}x", "x"), (" a ", " b "), ("a b", "a c "), ("x\0y", "x y"),
    ]

    private static func side(_ pieces: [WordDiff.Piece], isAfter: Bool) -> String {
        pieces.reduce(into: "") { text, piece in
            switch piece {
            case .same(let same): text += same
            case .removed(let removed): if !isAfter { text += removed }
            case .added(let added): if isAfter { text += added }
            }
        }
    }

    private static func longestCommon(_ old: [Substring], _ new: [Substring]) -> Int {
        var lengths = [[Int]](repeating: [Int](repeating: 0, count: new.count + 1), count: old.count + 1)
        for left in old.indices {
            for right in new.indices {
                lengths[left + 1][right + 1] =
                    old[left] == new[right]
                    ? lengths[left][right] + 1 : max(lengths[left][right + 1], lengths[left + 1][right])
            }
        }
        return lengths[old.count][new.count]
    }
}

extension MyersSearch.Edit {
    fileprivate var words: Int {
        switch self {
        case .keep(let range), .remove(let range), .add(let range): range.count
        }
    }
}
