/// The script for fish: one `complete` for each word and option.
struct FishCompletion: Sendable {
    private let verbs: [VerbSyntax]

    init(_ verbs: [VerbSyntax]) {
        self.verbs = verbs
    }

    var script: String {
        let groups = VerbGroup.groups(of: verbs)
        var lines: [String] = []
        for before in [[], ["help"]] {
            lines += groups.map { word($0.word, $0.summary, behind: before) }
            for group in groups where group.isDivided {
                lines += group.divided.map { word($0.words[1], $0.summary, behind: before + [group.word]) }
            }
        }
        lines += ["--help", "--version"].map { "complete -c signalbox -n __signalbox_at -l \($0.dropFirst(2))" }
        return """
            # Completes signalbox in fish. Written by `signalbox completion fish`.

            # Whether these words, and no others, stand between the program and the one that is typed.
            function __signalbox_at
                set -l words (commandline -opc)
                set -e words[1]
                test "$words" = "$argv"
            end

            # Whether what stands behind the program begins with these words.
            function __signalbox_in
                set -l words (commandline -opc)
                set -e words[1]
                set -l length (count $argv)
                test (count $words) -ge $length; and test "$words[1..$length]" = "$argv"
            end

            complete -c signalbox -f
            \((lines + verbs.flatMap(options)).joined(separator: "\n"))

            """
    }

    private func word(_ word: String, _ summary: String, behind words: [String]) -> String {
        "complete -c signalbox -n \(quoted((["__signalbox_at"] + words).joined(separator: " "))) -a \(word) "
            + "-d \(quoted(summary))"
    }

    /// The options and the operands of one verb.
    private func options(_ verb: VerbSyntax) -> [String] {
        let head = "complete -c signalbox -n \(quoted("__signalbox_in \(verb.name)"))"
        var lines = verb.options.map { option in
            "\(head) -l \(option.name.dropFirst(2))\(option.value == nil ? "" : value(option.offer)) "
                + "-d \(quoted(option.summary))"
        }
        lines.append("\(head) -l \(Help.option.dropFirst(2)) -d 'Explain the verb'")
        switch verb.operandOffer {
        case .nothing: break
        case .words(let words):
            lines.append(
                "complete -c signalbox -n \(quoted("__signalbox_at \(verb.name)")) "
                    + "-a \(quoted(words.joined(separator: " ")))")
        case .file, .directory: lines.append("\(head) -F")
        }
        return lines
    }

    private func value(_ offer: Offer) -> String {
        switch offer {
        case .words(let words): " -x -a \(quoted(words.joined(separator: " ")))"
        case .file: " -r -F"
        case .directory: " -x -a '(__fish_complete_directories)'"
        case .nothing: " -x"
        }
    }

    private func quoted(_ text: String) -> String { Shell.fish.quoted(text) }
}
