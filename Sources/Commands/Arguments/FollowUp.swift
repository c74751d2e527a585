internal import Core

/// Completes the commands that a hint names with the options that say which place is meant: who has typed `--data DIR`
/// must be able to type the next command as it is shown. What the verb that was called has no option for is no remedy.
struct FollowUp: Sendable {
    private let given: ParsedArguments
    /// The names of the options that the verb has; nil when it is not known which verb it is.
    private var known: [String]?

    /// - Parameter given: those of a verb.
    init(_ given: ParsedArguments) {
        self.given = given
    }

    /// - Parameter arguments: those of the program; what cannot be read among them gives no options.
    init(_ arguments: [String]) {
        do {
            let verb = VerbTable.verb(arguments)
            known = verb?.syntax.options.map(\.name)
            given =
                try verb.map { try ParsedArguments(arguments.dropFirst($0.syntax.words.count), for: $0.syntax) }
                ?? ParsedArguments()
        } catch {
            // The error that is being reported says so.
            given = ParsedArguments()
        }
    }

    /// The error with commands in its hints that find the same place.
    func completed(_ error: any Error) -> any Error {
        guard var error = error as? SignalboxError else { return error }
        error.hint = error.hint.map(completed)
        error.remedy = possible(error.remedy)
        error.diagnostics = error.diagnostics.map { finding in
            var finding = finding
            finding.hint = finding.hint.map(completed)
            finding.remedy = possible(finding.remedy)
            return finding
        }
        return error
    }

    private func possible(_ remedy: String?) -> String? {
        guard let known, let option = remedy.flatMap({ ErrorReport.options[$0] }) else { return remedy }
        return known.contains(option) ? remedy : nil
    }

    /// The text, in which commands in backticks have the options behind them that were given and that they know.
    func completed(_ text: String) -> String {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
        // Between backticks stand the parts with odd numbers; one without its second backtick is none.
        return parts.enumerated().map { index, part in
            index % 2 == 1 && index < parts.count - 1 ? part + options(for: part) : part
        }.joined(separator: "`")
    }

    private func options(for command: String) -> String {
        let words = command.split(separator: " ").map(String.init)
        guard words.first == "signalbox", let verb = VerbTable.verb(Array(words.dropFirst())) else { return "" }
        let known = verb.syntax.options.map(\.name)
        let options = [OptionSyntax.server, .data, .configuration].filter { option in
            known.contains(option.name) && !words.contains(option.name)
        }
        return PlaceOptions.text(given, options)
    }
}
