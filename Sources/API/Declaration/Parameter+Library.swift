internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

extension Parameter<String> {
    /// Whether the archived ones of a list are meant.
    static let archived = word("archived", of: ["false", "true"], "The archived ones instead of the others.")
}

extension Parameter<TaskSearchText?> {
    /// A text in names and descriptions.
    static let librarySearch = Parameter(
        name: "search", place: .query, summary: "Those whose name or description has this text.", isRequired: false,
        schema: .queryText
    ) { text in
        guard let text else { return nil }
        guard text.count <= Limits.searchTextLengthMaximum else {
            throw SignalboxError(
                .invalidInput, "What is searched for may have at most \(Limits.searchTextLengthMaximum) characters.")
        }
        return TaskSearchText(text)
    }
}

extension Parameter<PlanVersionChoice> {
    /// Which version of a plan is meant.
    static func planVersion(
        _ name: String, default standard: PlanVersionChoice, _ summary: String
    ) -> Parameter {
        Parameter(name: name, place: .query, summary: summary, isRequired: false, schema: .planVersion) { text in
            try text.map(PlanVersionChoice.init) ?? standard
        }
    }
}

extension Schema {
    static let planVersion = Schema(["type": "string", "pattern": "^(latest|published|current|[0-9a-f]{4,64})$"])
}

extension Collection {
    /// A page of a list that is known as a whole.
    /// - Parameter page: counted from 1.
    func page(_ page: Int, size: Int) -> SubSequence { dropFirst((page - 1) * size).prefix(size) }
}
