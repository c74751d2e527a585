import Testing

@testable import Web

/// Product §4, two runs side by side: the words that differ.
@Suite(.timeLimit(.minutes(1)))
struct TextComparisonTests {
    @Test func `only the words that differ are marked`() {
        #expect(
            TextComparison.pieces("Pay 12 EUR today.", "Pay 15 EUR today.") == [
                .both("Pay "), .removed("12"), .added("15"), .both(" EUR today."),
            ])
    }

    @Test(
        arguments: [
            ("", "", []), ("same", "same", [.both("same")]), ("", "new", [.added("new")]),
            ("old", "", [.removed("old")]), ("a b", "a b c", [.both("a b"), .added(" c")]),
        ] as [(String, String, [TextComparison.Piece])])
    func `ends and empty texts hold`(before: String, after: String, pieces: [TextComparison.Piece]) {
        #expect(TextComparison.pieces(before, after) == pieces)
    }

    @Test(arguments: [("é💡x", "é💡y"), ("a\r\nb", "a\nb"), ("👩‍👧 one", "👩‍👧 two")])
    func `both texts can be put together again`(before: String, after: String) {
        var (left, right) = ("", "")
        for piece in TextComparison.pieces(before, after) {
            switch piece {
            case .both(let text): (left, right) = (left + text, right + text)
            case .removed(let text): left += text
            case .added(let text): right += text
            }
        }
        #expect(left == before && right == after)
    }

    @Test func `two long texts without a word in common are told as a whole`() {
        let left = (1...3_000).map { "a\($0)" }.joined(separator: " ")
        let right = (1...3_000).map { "b\($0)" }.joined(separator: " ")
        #expect(TextComparison.pieces(left, right) == [.removed(left), .added(right)])
    }
}
