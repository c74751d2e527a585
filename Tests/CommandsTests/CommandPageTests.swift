import Core
import Testing

@testable import Commands

/// The documents say about each verb what the table says. `make docs` mends them.
@Suite(.timeLimit(.minutes(1)))
struct CommandPageTests {
    @Test(arguments: VerbTable.syntaxes.map(\.words))
    func `every verb has its page`(_ words: [String]) throws {
        let verb = try #require(VerbTable.syntaxes.first { $0.words == words })
        let (name, made) = (CommandPage.name(of: verb), CommandPage.text(of: verb))
        if CommandPage.isRecording {
            let before = try CommandPage.read(name) ?? ""
            let place = before.firstRange(of: CommandPage.mark)
            try CommandPage.write(name, made + (place.map { String(before[$0.upperBound...]) } ?? ""))
        }
        let text = try #require(try CommandPage.read(name), "`make docs` writes the page \(name).")
        #expect(text.hasPrefix(made), "`make docs` mends \(name).")
    }

    @Test func `the list is whole`() throws {
        let made = CommandPage.index(of: VerbTable.syntaxes)
        if CommandPage.isRecording { try CommandPage.write("README.md", made) }
        #expect(try CommandPage.read("README.md") == made, "`make docs` mends the list.")
    }

    @Test func `there are no other pages`() throws {
        let known = Set(VerbTable.syntaxes.map(CommandPage.name) + ["README.md"])
        let found = try FileSystem.names(in: CommandPage.folder)
        if CommandPage.isRecording {
            for name in found where !known.contains(name) { FileSystem.remove("\(CommandPage.folder)/\(name)") }
        }
        #expect(try FileSystem.names(in: CommandPage.folder).filter { !known.contains($0) } == [])
    }
}
