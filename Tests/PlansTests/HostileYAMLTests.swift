import Core
import Plans
import Testing

@Suite(.timeLimit(.minutes(1)))
struct HostileYAMLTests {
    @Test func aBillionLaughsAreRefusedWithoutBeingExpanded() {
        let laughs = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
        let found = mistakes(in: laughs)
        #expect(found.contains("1:4 anchors (&a) are not supported"))
        #expect(found.contains("2:8 aliases (*a) are not supported"))
    }

    @Test(arguments: ["[", "{a: ", "- ", "{? "])
    func deepNestingIsRefused(opening: String) {
        let found = mistakes(in: "x: 1\ny: \(opening == "- " ? "\n" : "")" + String(repeating: opening, count: 50_000))
        #expect(found.count == 1)
        #expect(found.first?.hasSuffix("nested deeper than 128 levels") == true)
    }

    @Test(arguments: [
        ("name: \u{0}", "1:7 the character U+0000 is not allowed in YAML"),
        ("name: p\n\u{7}", "2:1 the character U+0007 is not allowed in YAML"),
        ("name: p\u{FEFF}", "1:8 the character U+FEFF is not allowed in YAML"),
        ("name: p\u{FFFE}", "1:8 the character U+FFFE is not allowed in YAML"),
        ("\u{7F}", "1:1 the character U+007F is not allowed in YAML"),
    ])
    func charactersThatYAMLForbidsAreNamed(text: String, expected: String) {
        #expect(mistakes(in: text) == [expected])
    }

    @Test func anEscapedNULIsAnOrdinaryCharacter() throws {
        let plan = try plan(#"{name: p, steps: {a: {set: {x: "a\0b"}}}}"#)
        guard case .set(let value)? = plan.steps.first?.kind else { return }
        #expect(value.literalValue == ["x": "a\u{0}b"])
    }

    @Test func aByteOrderMarkAtTheStartIsIgnored() {
        #expect(mistakes(in: "\u{FEFF}name: p\nsteps: {}") == ["2:1 a plan needs at least one step"])
    }

    @Test func windowsLineBreaksCountOnce() {
        #expect(
            mistakes(in: "name: p\r\n\r\nsteps:\r\n  a: { set: { x: 1 } }\r\nx: 1") == ["5:1 a plan has no key \"x\""])
    }

    @Test func aDocumentOverTheLimitIsNotRead() {
        let found = mistakes(in: "# " + String(repeating: "x", count: Limits.planBytesMaximum))
        #expect(found == ["1:1 the document is larger than 1048576 bytes"])
    }

    @Test func manyMistakesAreCounted() throws {
        let text = "name: p\nsteps: { a: { set: { x: 1 } } }\n" + (0..<5000).map { "zzzzzzzz\($0): 1\n" }.joined()
        let error = try failure { try plan(text) }
        #expect(error.message == "plan.yaml has 100 mistakes or more")
        #expect(error.diagnostics.count == 100)
    }

    @Test func tooManyStepsAreRefused() {
        let text = "name: p\nsteps:\n" + (0...1000).map { "  s\($0): { set: { x: 1 } }\n" }.joined()
        #expect(mistakes(in: text) == ["3:3 a plan can have 1000 steps, not 1001"])
    }

    @Test func aThousandStepsInARowAreRead() throws {
        let text =
            "name: p\nsteps:\n  s0: { set: { x: 1 } }\n"
            + (1..<1000).map { "  s\($0): { set: { x: '${{ steps.s\($0 - 1).output.x }}' } }\n" }.joined()
        #expect(try plan(text).steps.last?.needs == ["s998"])
    }

    /// Texts as large as they may be, of shapes that are slow in a careless reader.
    @Test(arguments: [
        "- ", "- - - -\n", "? ", "a: b\n", "[],", "'", "\"", "\\\n", "#\n", "\n", "x ", "${{ ", "${{ '\\'\\' ", "$",
        ": ", "|\n ", "!a ", "&a ", "%",
    ])
    func largeTextsAreAnsweredSoon(shape: String) {
        let repeated = String(repeating: shape, count: 250_000 / shape.utf8.count)
        for text in [repeated, "name: p\nsteps: { a: { set: { x: 1 } } }\noutputs:\n  x: |\n    " + repeated] {
            let found = mistakes(in: text)
            #expect(found.count <= 100)
        }
    }

    @Test func manyWrongExpressionsInOneTextAreAnsweredSoon() {
        let text =
            "name: p\nsteps: { a: { set: { x: 1 } } }\noutputs:\n  x: |\n    "
            + String(repeating: "${{ b }} ${{ ( }} ${{ inputs.x }} ", count: 5_000)
        #expect(mistakes(in: text).count == 100)
    }

    /// Nothing may trap, whatever the text is: every prefix of a plan, and every plan with one character exchanged.
    @Test func brokenPlansAreReportedOrRead() {
        let text = "name: p\nsteps:\n  a: { set: { x: \"${{ {'a': 1}['a'] }}\" } }\n  b:\n    command: |\n      ls\n"
        let scalars = Array(text.unicodeScalars)
        var accepted = 0
        for place in scalars.indices {
            let prefix = String(String.UnicodeScalarView(scalars[..<place]))
            if mistakes(in: prefix).isEmpty { accepted += 1 }
            for strange: Unicode.Scalar in ["{", "}", "\"", "'", ":", "\t", "\n", "&", "\u{0}", "é", "$"] {
                var changed = scalars
                changed[place] = strange
                if mistakes(in: String(String.UnicodeScalarView(changed))).isEmpty { accepted += 1 }
            }
        }
        #expect(accepted > 0 && accepted < scalars.count * 6)
    }
}

/// Loops, branches and the rest of the language, written wrongly in every way that one character can make it.
@Suite(.timeLimit(.minutes(1)))
struct BrokenPlansTests {
    private static let text = """
        name: p
        consent: [http]
        steps:
          l: { for_each: { while: index < 2, max_iterations: 3 }, steps: { a: { set: { x: "${{ index }}" } } } }
          r: { branch: { p: { when: true, steps: { a: { wait: 1d } } } }, otherwise: { steps: { b: { set: { x: 1 } } } } }
          c: { task: c.yaml, inputs: { n: 1 }, retry: { max: 2, on: [timeout] } }
          s: { approval: { title: t, form: { type: object }, by: [a], expires: 1h, on_expiry: reject } }
        """
    private static let files = ["c.yaml": "name: c\ninputs: { n: 1 }\nsteps: { a: { set: { x: 1 } } }"]

    /// Nothing may trap, whatever the text is.
    @Test(arguments: ["{", "}", "[", ":", "\"", "\n", "x", " ", "${{", "~"])
    func brokenPlansAreReportedOrRead(strange: String) {
        #expect(mistakes(in: Self.text, files: Self.files) == [])
        let scalars = Array(Self.text.unicodeScalars)
        var accepted = 0
        for place in scalars.indices {
            let before = String(String.UnicodeScalarView(scalars[..<place]))
            let after = String(String.UnicodeScalarView(scalars[(place + 1)...]))
            if mistakes(in: before + strange + after, files: Self.files).isEmpty { accepted += 1 }
        }
        #expect(accepted < scalars.count / 2)
    }

    /// Every line of a plan left out, and every pair of lines exchanged.
    @Test func plansWithOtherLinesAreReportedOrRead() {
        let lines = Self.text.split(separator: "\n").map(String.init)
        var found = 0
        for first in lines.indices {
            var fewer = lines
            fewer.remove(at: first)
            found += mistakes(in: fewer.joined(separator: "\n"), files: Self.files).count
            for second in lines.indices {
                var other = lines
                other.swapAt(first, second)
                found += mistakes(in: other.joined(separator: "\n"), files: Self.files).count
            }
        }
        #expect(found > lines.count)
    }

    /// Names that are looked up again and again, in plans as large as they may be.
    @Test func largePlansAreAnsweredSoon() throws {
        let steps = (0..<990).map { "s\($0): { set: { x: '${{ steps.z.output }}' } }" }.joined(separator: ", ")
        let deep = (1...8).map { "l\($0): { for_each: [1], steps: { " }.joined()
        let closing = String(repeating: " } }", count: 8)
        let text = "name: p\nsteps: { z: { set: { x: 1 } }, \(deep)\(steps)\(closing) }"
        #expect(try plan(text).allSteps.count == 999)
        #expect(mistakes(in: text.replacing("steps.z", with: "steps.y")).count == 100)
    }
}
