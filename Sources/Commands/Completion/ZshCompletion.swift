/// The script for zsh: a function for `fpath`, which can be sourced as well.
struct ZshCompletion: Sendable {
    private let verbs: [VerbSyntax]
    private let groups: [VerbGroup]

    init(_ verbs: [VerbSyntax]) {
        self.verbs = verbs
        groups = VerbGroup.groups(of: verbs)
    }

    var script: String {
        let divided = groups.filter(\.isDivided)
        let second = divided.map { group in
            """
                    \(group.word))
                        verbs=(
            \(entries(group.divided.map { ($0.words[1], $0.summary) }))
                        )
                        ;;
            """
        }
        return """
            #compdef signalbox
            # Completes signalbox in zsh. Written by `signalbox completion zsh`.

            _signalbox() {
                local -a verbs
                local place=2 verb=''
                if (( CURRENT > 2 )) && [[ $words[2] == help ]]; then place=3; fi
                if (( CURRENT == place )); then
                    verbs=(
            \(entries(groups.map { ($0.word, $0.summary) }))
                    )
                elif (( CURRENT == place + 1 )) && [[ $words[CURRENT] != -* ]]; then
                    case $words[place] in
            \(second.joined(separator: "\n"))
                    esac
                fi
                if (( $#verbs )); then
                    _describe -t verbs verb verbs
                    return
                fi
                if (( place == 3 )); then return 1; fi
                # What stands behind the verb is completed as if its last word were the program.
                verb=$words[2]
                shift words
                (( CURRENT-- ))
                case $verb in
                \(divided.map(\.word).joined(separator: " | ")))
                    if [[ $words[2] != -* ]]; then
                        verb+=" $words[2]"
                        shift words
                        (( CURRENT-- ))
                    fi
                    ;;
                esac
                case $verb in
            \(verbs.map(branch).joined(separator: "\n"))
                esac
            }

            if [[ $funcstack[1] == _signalbox ]]; then
                _signalbox "$@"
            else
                compdef _signalbox signalbox
            fi

            """
    }

    private func entries(_ entries: [(word: String, summary: String)]) -> String {
        entries.map { "                \(quoted("\($0.word):\($0.summary)"))" }.joined(separator: "\n")
    }

    /// The call of `_arguments` that knows one verb.
    private func branch(_ verb: VerbSyntax) -> String {
        let indent = String(repeating: " ", count: 12)
        var specifications = verb.options.map { option in
            let said = "[\(escaped(option.summary))]"
            guard let value = option.value else { return option.name + said }
            return (option.isRepeatable ? "*" : "") + "\(option.name)=\(said):\(escaped(value)):\(action(option.offer))"
        }
        specifications.append("(- *)\(Help.option)[Explain the verb]")
        // Without a word for them, operands would end the completion of what stands behind them.
        if case .words = verb.operandOffer { specifications.append("1:value:\(action(verb.operandOffer))") }
        if let name = verb.operands.names.last {
            let offer = verb.operandChoices.isEmpty ? verb.operandOffer : .nothing
            specifications.append("*:\(escaped(name)):\(action(offer))")
        }
        let lines = specifications.map { indent + "    " + quoted($0) }
        return """
                    \(quoted(verb.name)))
            \(indent)_arguments \\
            \(lines.joined(separator: " \\\n"))
            \(indent);;
            """
    }

    private func action(_ offer: Offer) -> String {
        switch offer {
        case .words(let words) where words.contains { $0.hasSuffix("=") }:
            "compadd -S \"\" -- " + words.joined(separator: " ")
        case .words(let words): "(" + words.joined(separator: " ") + ")"
        case .file: "_files"
        case .directory: "_files -/"
        case .nothing: " "
        }
    }

    /// Text inside of a specification, where brackets and colons mean something.
    private func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
            .replacing(":", with: "\\:")
    }

    private func quoted(_ text: String) -> String { Shell.zsh.quoted(text) }
}
