internal import Core

/// Errors as people read them on a terminal.
struct ErrorReport: Sendable {
    let style: Style
    /// Whether places in files are shown with their line and a caret.
    let showsSource: Bool

    /// All lines of an error.
    /// - Parameter source: the text of a file, for showing the line in question; nil when it is not at hand.
    func lines(_ error: any Error, source: (String) -> String? = { _ in nil }) -> [String] {
        guard let error = error as? SignalboxError else {
            return [
                label("The program failed because of a defect in it."),
                "hint: Please report it, with what you did.",
            ]
        }
        guard !error.diagnostics.isEmpty else {
            return [prefix(error.place) + label(error.message)] + hint(error.hint, error.remedy)
        }
        var lines = error.diagnostics.flatMap { self.lines($0, source: source) }
        if error.diagnostics.count > 1 || lines.isEmpty { lines.append(label(sentence(error.message))) }
        return lines
    }

    private func lines(_ finding: Diagnostic, source: (String) -> String?) -> [String] {
        var lines = [prefix(finding.place) + label(finding.message)]
        if showsSource, case .source(let file?, let line, let column) = finding.place,
            let excerpt = source(file).flatMap({ Self.excerpt($0, line: line, column: column) })
        {
            lines.append("  " + excerpt.line)
            lines.append("  " + style.green(excerpt.caret))
        }
        return lines + hint(finding.hint, finding.remedy)
    }

    /// A place in a file. Pointers into a request say nothing to people who have written none.
    private func prefix(_ place: Place?) -> String {
        guard let place else { return "" }
        if case .pointer(let pointer) = place, !pointer.contains("#") { return "" }
        return style.bold(DisplayText.line("\(place)")) + ": "
    }

    private func label(_ message: String) -> String { style.red("error:") + " " + DisplayText.line(message) }

    /// - Parameter remedy: what would put it right too; said by the option that gives it here.
    private func hint(_ hint: String?, _ remedy: String?) -> [String] {
        let option = remedy.flatMap { Self.options[$0] }.map { "Or say it with \($0)." }
        let words = [hint.map { option == nil ? $0 : sentence($0) }, option].compactMap(\.self)
        return words.isEmpty ? [] : ["hint: " + DisplayText.line(words.joined(separator: " "))]
    }

    /// The options that give members of a request.
    static let options = ["/model": "--model"]

    private func sentence(_ text: String) -> String { text.hasSuffix(".") ? text : text + "." }

    /// A line of a text, and below it a caret at the column; cut so that the column is seen.
    static func excerpt(_ text: String, line: Int, column: Int) -> (line: String, caret: String)? {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        guard lines.indices.contains(line - 1), column >= 1 else { return nil }
        // Columns count Unicode scalars, as editors nearly do; what stands before the caret is measured as shown.
        let scalars = lines[line - 1].unicodeScalars.map { $0 == "\t" ? " " : $0 }
        func clean(_ part: some Sequence<Unicode.Scalar>) -> String {
            HiddenCharacter.naming(in: String(String.UnicodeScalarView(part)))
        }
        let first = max(0, column - 1 - 60)
        let before = clean(scalars.dropFirst(first).prefix(column - 1 - first))
        let shown = clean(scalars.dropFirst(first).prefix(110))
        return (shown, String(repeating: " ", count: DisplayText.width(before)) + "^")
    }
}
