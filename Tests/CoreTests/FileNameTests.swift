import Core
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FileNameTests {
    @Test(
        arguments: [
            ("a.csv", "a.csv"), ("/home/me/a.csv", "a.csv"), ("../../etc/passwd", "passwd"), ("a/b/c", "c"),
            ("Überweisung März.pdf", "Überweisung März.pdf"), (".hidden", ".hidden"), ("...", "..."), ("a\\b", "a\\b"),
            (String(repeating: "x", count: 200), String(repeating: "x", count: 200)),
        ])
    func takesTheLastPart(given: String, name: String) throws {
        #expect(try FileName.checked(given) == name)
    }

    @Test(
        arguments: [
            "", "/", "a/", ".", "..", "a/..", "a\nb", "a\u{0}b", "a\u{7F}", String(repeating: "x", count: 201),
            String(repeating: "é", count: 101), "invoice\u{202E}fdp.exe", "a\u{200F}.csv", "a\u{85}b", "a\tb",
        ])
    func refusesWhatCannotBeAName(given: String) throws {
        let error = try #require(throws: SignalboxError.self) { try FileName.checked(given) }
        #expect(error.code == .invalidInput)
        #expect(error.message.utf8.count < 500)
    }

    @Test func aFileThatIsThereMayHaveAnyName() throws {
        #expect(try FileName.checked("in/invoice\u{202E}fdp.exe", mayHide: true) == "invoice\u{202E}fdp.exe")
        #expect(throws: SignalboxError.self) { try FileName.checked("a\nb", mayHide: true) }
    }

    @Test("A slash is one for the file system, whatever combines with it in Swift")
    func noNameHoldsASlash() throws {
        #expect(try FileName.checked("../\u{301}x") == "\u{301}x")
        #expect(try FileName.checked("a/\u{20DD}b").utf8.contains(0x2F) == false)
    }

    @Test func namesAreMadeUnique() {
        var taken: Set<String> = []
        let names = ["a.csv", "a.csv", "a.csv", "a-2.csv", "b", "b", "x.tar.gz", "x.tar.gz"].map {
            FileName.unique($0, among: &taken)
        }
        #expect(names == ["a.csv", "a-2.csv", "a-3.csv", "a-2-2.csv", "b", "b-2", "x.tar.gz", "x.tar-2.gz"])
        #expect(taken == Set(names))
    }

    @Test(arguments: [("", ""), (" \n\t", ""), (" a b ", "a b"), ("\u{A0}x\u{3000}", "x"), ("x", "x")])
    func trims(text: String, expected: String) {
        #expect(text.trimmed == expected)
    }
}
