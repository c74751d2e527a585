import Testing

/// What the style asks of every file and neither the compiler nor the formatter checks.
@Suite(.timeLimit(.minutes(1)))
struct SourceTests {
    private static let linesMaximum = 400
    private let files: [SourceFile]

    init() throws {
        files = try Repository.swiftFiles(below: "Sources") + Repository.swiftFiles(below: "Tests")
    }

    @Test func theFilesAreFound() {
        #expect(files.count > 200)
        #expect(files.contains { $0.path == "Sources/Core/JSON.swift" })
        #expect(files.contains { $0.path == "Tests/TidyTests/SourceTests.swift" })
    }

    @Test func noFileIsTooLong() {
        #expect(files.filter { $0.lines.count > Self.linesMaximum }.map(\.path) == [])
    }

    @Test func everyFileEndsWithOneLineEnd() {
        #expect(files.filter { !$0.text.hasSuffix("\n") || $0.text.hasSuffix("\n\n") }.map(\.path) == [])
    }

    @Test func nothingIsLeftForLater() {
        // Spelt apart, for this file is read too.
        let marks: Set<String> = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
        #expect(places(codeOnly: false) { _, word in marks.contains(String(word.word)) } == [])
    }

    @Test func nobodyImportsFoundation() {
        let found = files.flatMap { file in
            file.imports.filter { $0.module.hasPrefix("Foundation") }.map { "\(file.path):\($0.line)" }
        }
        #expect(found == [])
    }

    @Test func nobodyTrapsOnAnError() {
        #expect(places { _, word in word.word == "try" && word.after == "!" } == [])
        #expect(places { _, word in word.word == "fatalError" && word.after == "(" } == [])
    }

    @Test func onlyTheCommandLinePrints() {
        let found = places { file, word in
            word.word == "print" && word.after == "(" && word.before != "." && !file.path.hasPrefix("Sources/Commands/")
        }
        #expect(found == [])
    }

    /// Where waiting is the thing that is tested, and its end does not depend on the machine's speed.
    private static let sleepers = [
        // Plays a listener that is slower than the program it listens to.
        "Tests/ProcessesTests/ChildProcessStopTests.swift",
        // An hour that is cut short at once.
        "Tests/ProvidersTests/ScriptProviderTests.swift",
    ]

    @Test func noTestSleeps() {
        let found = places { file, word in
            file.path.hasPrefix("Tests/") && !Self.sleepers.contains(file.path) && word.after == "("
                && ["sleep", "usleep", "nanosleep"].contains(word.word)
        }
        #expect(found == [])
    }

    @Test func noThreadIsPutToSleep() {
        let found = places { file, word in
            file.path.hasPrefix("Sources/") && ["usleep", "nanosleep"].contains(word.word) && word.after == "("
        }
        #expect(found == [])
    }

    private typealias Word = (word: Substring, before: Character?, after: Character?, line: Int)

    private func places(codeOnly: Bool = true, where isMeant: (SourceFile, Word) -> Bool) -> [String] {
        files.flatMap { file in
            file.words(codeOnly: codeOnly).filter { isMeant(file, $0) }.map { "\(file.path):\($0.line)" }
        }
    }
}
