/// The script for bash: a function that reads `COMP_WORDS` and fills `COMPREPLY`.
struct BashCompletion: Sendable {
    private let verbs: [VerbSyntax]
    private let groups: [VerbGroup]

    init(_ verbs: [VerbSyntax]) {
        self.verbs = verbs
        groups = VerbGroup.groups(of: verbs)
    }

    var script: String {
        let divided = groups.filter(\.isDivided)
        let second = divided.map { group in
            "        \(group.word)) offer=\(quoted("words \(group.secondWords.joined(separator: " "))")) ;;"
        }
        let first = groups.map(\.word).joined(separator: " ")
        return """
            # Completes signalbox in bash. Written by `signalbox completion bash`.

            _signalbox() {
                local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
                local place=1 verb='' options='' operand='' value='' offer=''
                COMPREPLY=()
                # --option=value comes as three words.
                if [[ $current == '=' ]]; then
                    current=''
                    [[ $previous == -* ]] || return 0
                elif [[ $previous == '=' ]]; then
                    previous=${COMP_WORDS[COMP_CWORD - 2]}
                    [[ $previous == -* ]] || return 0
                fi
                if ((COMP_CWORD > 1)) && [[ ${COMP_WORDS[1]} == help ]]; then place=2; fi
                if ((COMP_CWORD == place)); then
                    offer='words \(first)'
                    if [[ $current == -* ]]; then offer='words --help --version'; fi
                elif ((COMP_CWORD == place + 1)) && [[ $current != -* ]]; then
                    case ${COMP_WORDS[place]} in
            \(second.joined(separator: "\n"))
                    esac
                fi
                if [[ -z $offer && $place == 1 ]]; then
                    verb=${COMP_WORDS[1]}
                    case $verb in
                    \(divided.map(\.word).joined(separator: " | ")))
                        if [[ ${COMP_WORDS[2]} != -* ]]; then verb+=" ${COMP_WORDS[2]}"; fi
                        ;;
                    esac
                    case $verb in
            \(verbs.map(branch).joined(separator: "\n"))
                    *) return 0 ;;
                    esac
                    offer=$operand
                    if [[ -n $value ]]; then
                        offer=$value
                    elif [[ $current == -* || -z $operand ]]; then
                        offer="words $options"
                    fi
                fi
                case $offer in
                file)
                    compopt -o filenames 2>/dev/null
                    mapfile -t COMPREPLY < <(compgen -f -- "$current")
                    ;;
                directory)
                    compopt -o filenames 2>/dev/null
                    mapfile -t COMPREPLY < <(compgen -d -- "$current")
                    ;;
                'words '*) mapfile -t COMPREPLY < <(compgen -W "${offer#words }" -- "$current") ;;
                esac
                if [[ ${COMPREPLY[0]-} == *= ]]; then compopt -o nospace 2>/dev/null; fi
                return 0
            }

            complete -F _signalbox signalbox

            """
    }

    /// What is known of one verb: its options, what is offered as an operand, and for options what as their value.
    private func branch(_ verb: VerbSyntax) -> String {
        let indent = String(repeating: " ", count: 12)
        let names = (verb.options.map(\.name) + [Help.option]).joined(separator: " ")
        var lines = ["        \(quoted(verb.name)))", indent + "options=\(quoted(names))"]
        let operand = "operand=\(text(verb.operandOffer))"
        switch verb.operandOffer {
        case .nothing: break
        case .words: lines.append(indent + "if ((COMP_CWORD == \(verb.words.count + 1))); then \(operand); fi")
        case .file, .directory: lines.append(indent + operand)
        }
        if verb.options.contains(where: { $0.value != nil }) {
            lines.append(indent + "case $previous in")
            lines += verb.optionsByOffer.map { offer, names in
                indent + "\(names.joined(separator: " | "))) value=\(text(offer)) ;;"
            }
            lines.append(indent + "esac")
        }
        return (lines + [indent + ";;"]).joined(separator: "\n")
    }

    private func text(_ offer: Offer) -> String {
        switch offer {
        case .words(let words): quoted("words " + words.joined(separator: " "))
        case .file: "file"
        case .directory: "directory"
        case .nothing: "nothing"
        }
    }

    private func quoted(_ text: String) -> String { Shell.bash.quoted(text) }
}
