/// Which plans or apps a list shows.
struct LibrarySearch: Sendable {
    private let things: String
    let text: String?
    let isArchived: Bool

    /// - Parameter things: what is listed, in the plural: `plans`.
    static func syntax(_ things: String) -> [OptionSyntax] { [search(things), archived(things)] }

    private static func search(_ things: String) -> OptionSyntax {
        .value("--search", "TEXT", "Only \(things) whose name or description has this text")
    }

    private static func archived(_ things: String) -> OptionSyntax {
        .flag("--archived", "List the archived \(things) instead of the others")
    }

    init(_ arguments: ParsedArguments, _ things: String) {
        self.things = things
        text = arguments[Self.search(things)]
        isArchived = arguments.has(Self.archived(things))
    }

    /// Whether all that is not archived is asked for.
    var isForAll: Bool { text == nil && !isArchived }

    /// What is said when nothing was found.
    /// - Parameter usual: if all was asked for.
    func nothing(usual: String) -> String {
        if let text { return DisplayText.line("No \(things.dropLast()) has \"\(text)\" in its name or description.") }
        return isArchived ? "No \(things) are archived." : usual
    }
}
