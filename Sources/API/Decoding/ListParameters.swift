public import Core
internal import Engine
internal import HTTPServer
internal import Runtime
public import Store

/// The parameters by which lists of tasks are asked for: filters, order and page.
enum ListParameters: Sendable {
    static let status = list(
        "status", of: TaskStatus.self, "Tasks with one of these statuses, with commas between them.")
    static let group = list("group", of: TaskGroup.self, "Tasks of one of these groups: what a page shows together.")
    static let waiting = list("waiting", of: WaitingReason.self, "Tasks that wait for one of these reasons.")
    static let cause = list("cause", of: FailureCause.self, "Tasks that failed by one of these causes.")
    static let trigger = list("trigger", of: TaskTrigger.self, "Tasks that one of these asked for.")
    static let model = Parameter.text(
        "model",
        "Tasks that used this model (provider/model), a model of this provider, or, as `default`, the one that was the default then."
    )
    static let plan = Parameter.text("plan", "Tasks of the plan or app of this name.")
    static let tag = Parameter.text("tag", "Tasks with this tag.")
    static let from = Parameter.text("from", "Tasks created then or later: a day, or a time of RFC 3339.")
    static let to = Parameter.text("to", "Tasks created then or before; a day is included.")
    static let zone = Parameter.text("zone", "Where the days are, such as Europe/Berlin; UTC without it.")
    static let search = Parameter.text(
        "search", "Tasks whose name or prompt has this text, or whose number it is; three characters or more.")
    static let sort = Parameter.text("sort", "created, name, duration, tokens or cost; descending with a - before it.")
    static let cursor = Parameter.text("cursor", "The `next` of the part before; it takes the place of `page`.")

    /// Those that say which tasks are meant.
    static let filters: [any OperationParameter] = [
        status, group, waiting, cause, trigger, model, plan, tag, from, to, zone,
    ]

    private static func list<Word: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String, of type: Word.Type, _ summary: String
    ) -> Parameter<[Word]> {
        let words = type.allCases.map(\.rawValue)
        let word = "(\(words.joined(separator: "|")))"
        return Parameter(
            name: name, place: .query, summary: summary, isRequired: false,
            schema: Schema(["type": "string", "pattern": .string("^\(word)(,\(word))*$")])
        ) { text in
            guard let text else { return [] }
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            guard parts.count <= Limits.filterValuesMaximum else {
                throw SignalboxError(
                    .invalidInput, "The parameter \"\(name)\" may have at most \(Limits.filterValuesMaximum) values.")
            }
            return try parts.map { part in
                guard let value = Word(rawValue: String(part)) else {
                    throw SignalboxError(
                        .invalidInput, "There is no \(name) \"\(part.prefix(40))\".",
                        hint: Suggestion.hint(for: String(part), among: words, called: "it is one of"))
                }
                return value
            }
        }
    }
}

extension TaskQuery {
    /// - Throws: `SignalboxError` with code `invalid_input`.
    init(_ call: Call, now: Timestamp) throws {
        var texts: [String: String] = [:]
        for name in TaskListNames.all { texts[name] = call.request.query[name] }
        try self.init(texts: texts, now: now)
    }

    /// Reads filters, order and page by the names and in the words of `GET /api/tasks`.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    public init(texts: [String: String], now: Timestamp) throws {
        self.init(
            try TaskFilter(texts: texts), sort: try TaskSort(texts[ListParameters.sort.name]),
            page: try Parameter.page.decode(texts[Parameter.page.name]),
            size: try Parameter.size.decode(texts[Parameter.size.name]), now: now)
        guard let text = texts[ListParameters.cursor.name] else { return }
        guard texts[Parameter.page.name] == nil else {
            throw SignalboxError(
                .invalidInput, "\"page\" and \"cursor\" each name a part of the list: give one of them.")
        }
        guard let cursor = TaskCursor(text: text) else {
            throw SignalboxError(
                .invalidInput, "The cursor is none that a list has given.", hint: "Leave it out for the first page.")
        }
        try cursor.check(self)
        self.cursor = cursor
    }
}

/// What the parameters of `GET /api/tasks` are called.
public enum TaskListNames: Sendable {
    /// Those that say which tasks are meant.
    public static let filters: [String] = ListParameters.filters.map(\.name) + [ListParameters.search.name]
    /// With those that say in which order they come, and which part of them.
    public static let all: [String] =
        filters + [
            ListParameters.sort.name, Parameter.page.name, Parameter.size.name, ListParameters.cursor.name,
        ]
}

extension TaskSort {
    /// Reads `cost` or `-cost`; nil is the newest first.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    public init(_ text: String?) throws {
        guard let text else {
            self = .newestFirst
            return
        }
        let isDescending = text.hasPrefix("-")
        guard let key = Key(rawValue: String(isDescending ? text.dropFirst() : text[...])) else {
            throw SignalboxError(
                .invalidInput, "There is no order by \"\(text.prefix(40))\".",
                hint:
                    "It is one of \(Key.allCases.map(\.rawValue).joined(separator: ", ")), with a - before it for the other direction."
            )
        }
        self.init(key, isDescending: isDescending)
    }
}
