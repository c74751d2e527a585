import Core

@testable import Commands

/// The pages in `docs/cli`, made from the table of verbs. `SIGNALBOX_RECORD=1` writes them, which is what `make docs`
/// does; what stands behind the mark is written by hand and stays.
enum CommandPage {
    static let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/docs/cli"
    static let mark = "<!-- Above: made by `make docs` from the table of verbs. Below: written by hand. -->\n"

    static var isRecording: Bool { ProcessEnvironment.variables["SIGNALBOX_RECORD"] != nil }

    /// `tasks-show.md`
    static func name(of verb: VerbSyntax) -> String { verb.words.joined(separator: "-") + ".md" }

    /// What is made of a verb, up to the mark.
    static func text(of verb: VerbSyntax) -> String {
        var parts = ["# `signalbox \(verb.name)`", "\(verb.summary).", "```\n\(Help.usage(of: verb))\n```"]
        if !verb.options.isEmpty {
            let rows = verb.options.map { "| `\(cell($0.call))` | \(cell($0.summary)) |" }
            parts.append((["| option | |", "|---|---|"] + rows).joined(separator: "\n"))
        }
        parts += verb.notes
        parts.append(verb.examples.count == 1 ? "## Example" : "## Examples")
        for example in verb.examples { parts.append("\(example.purpose):\n\n```sh\n\(example.call(of: verb))\n```") }
        return parts.joined(separator: "\n\n") + "\n\n" + mark
    }

    /// The list of all pages.
    static func index(of verbs: [VerbSyntax]) -> String {
        let rows = verbs.map { "| [`\($0.name)`](\(name(of: $0))) | \(cell($0.summary)) |\n" }
        return """
            # The command line

            A page for each verb, as `signalbox help VERB` says it too. `signalbox completion` makes a shell complete them,
            and `man signalbox` has all of them on one page once `make install` has been here.

            | verb | |
            |---|---|
            \(rows.joined())
            Exit codes: 0 completed, 1 failed, 2 bad use or input, 3 cancelled, 4 waits for a person, 69 the server
            cannot be reached; 130 and 143 when a signal (Ctrl-C, SIGTERM) ended it first.

            """
    }

    /// What a file holds; nil when it is not there.
    static func read(_ name: String) throws -> String? {
        let path = "\(folder)/\(name)"
        guard FileSystem.exists(path) else { return nil }
        return String(decoding: try FileSystem.read(path), as: UTF8.self)
    }

    static func write(_ name: String, _ text: String) throws {
        try FileSystem.createDirectory(folder)
        try FileSystem.writeAtomically(Array(text.utf8), to: "\(folder)/\(name)")
    }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
