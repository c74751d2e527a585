import Core
import Testing

@testable import Runtime

@Suite(.timeLimit(.minutes(1)))
struct DifferenceTests {
    @Test func `Texts differ line by line, with three lines around`() {
        let before = (1...12).map { "line \($0)\n" }.joined()
        let after = (1...12).map { $0 == 6 ? "six\n" : "line \($0)\n" }.joined()
        #expect(
            TextDifference.unified(before, after, names: ("a", "b")) == """
                --- a
                +++ b
                @@ -3,7 +3,7 @@
                 line 3
                 line 4
                 line 5
                -line 6
                +six
                 line 7
                 line 8
                 line 9

                """)
    }

    @Test(arguments: [
        ("", "x\n", "--- a\n+++ b\n@@ -0,0 +1,1 @@\n+x\n"), ("x\n", "", "--- a\n+++ b\n@@ -1,1 +0,0 @@\n-x\n"),
        ("same", "same", nil),
    ])
    func `Empty texts have no lines`(before: String, after: String, expected: String?) {
        #expect(TextDifference.unified(before, after, names: ("a", "b")) == expected)
    }

    @Test func `Far apart changes are told apart`() throws {
        let before = (1...30).map { "\($0)\n" }.joined()
        let after = "0\n" + before + "31\n"
        let text = try #require(TextDifference.unified(before, after, names: ("a", "b")))
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("@@") } == ["@@ -1,3 +1,4 @@", "@@ -28,3 +29,4 @@"])
    }

    @Test func `Values differ at pointers`() {
        let before: JSON = ["a": 1, "list": [1, 2], "x/y": ["gone": true], "same": "s"]
        let after: JSON = ["a": 2, "list": [1, 2, 3], "x/y": ["new": nil], "same": "s"]
        let found = JSONDifference.between(before, after).differences
        #expect(
            found == [
                JSONDifference(pointer: "/a", before: 1, after: 2),
                JSONDifference(pointer: "/list/2", before: nil, after: 3),
                JSONDifference(pointer: "/x~1y/gone", before: true, after: nil),
                JSONDifference(pointer: "/x~1y/new", before: nil, after: .some(.null)),
            ])
    }

    @Test func `Many differences are bounded`() {
        let before = JSON.array((0..<500).map { .int($0) })
        let after = JSON.array((0..<500).map { .int($0 + 1) })
        let found = JSONDifference.between(before, after, maximum: 10)
        #expect(found.differences.count == 10 && found.hasMore)
    }

    @Test func `Steps that only one task has stand where they would run`() {
        func paths(_ names: String...) -> [StepPath] { names.map(StepPath.init(rawValue:)) }
        let aligned = StepAlignment.paths(paths("a", "c", "d"), paths("n", "a", "b", "d"))
        #expect(aligned == paths("n", "a", "b", "c", "d"))
    }
}
