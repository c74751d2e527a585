/// A shell that completes what somebody begins to type.
enum Shell: String, CaseIterable, Sendable {
    case bash
    case zsh
    case fish

    /// The script that makes the shell complete these verbs.
    func script(for verbs: [VerbSyntax]) -> String {
        switch self {
        case .bash: BashCompletion(verbs).script
        case .zsh: ZshCompletion(verbs).script
        case .fish: FishCompletion(verbs).script
        }
    }

    /// The text in single quotes, as this shell reads them.
    func quoted(_ text: String) -> String {
        switch self {
        case .bash, .zsh: "'" + text.replacing("'", with: "'\\''") + "'"
        case .fish: "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
        }
    }
}
