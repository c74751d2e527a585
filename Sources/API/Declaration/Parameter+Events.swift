internal import Core
internal import HTTPServer

extension Parameter<Position?> {
    /// The position that a reconnecting client has seen last.
    static let lastEventID = Parameter(
        name: "Last-Event-ID", place: .header,
        summary: "The position that a stream which reconnects has seen last; it goes before `after`.",
        isRequired: false, schema: .any(of: .integer(0 ... .max), .text(0...0).saying("Nothing was seen."))
    ) { try EventsQuery.position($0, "The header Last-Event-ID") }
}

extension Parameter<Position> {
    static let after = Parameter(
        name: "after", place: .query,
        summary: "The position that was seen last: events behind it are meant. One that is none is refused with 400.",
        isRequired: false, schema: .integer(0 ... .max).with("default", 0)
    ) { try EventsQuery.position($0, "The parameter \"after\"") ?? .zero }
}

extension Parameter<[String]?> {
    /// Kinds of events, separated by commas.
    static let eventKinds = Parameter(
        name: "kinds", place: .query,
        summary: "Only events of these kinds, separated by commas; a stream has `delta` among them.",
        isRequired: false, schema: .words(EventsQuery.kinds)
    ) { text in
        guard let text else { return nil }
        let kinds = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        _ = try EventsQuery.filter(kinds: kinds)
        return kinds
    }
}

extension Schema {
    /// Some of these words, separated by commas.
    fileprivate static func words(_ words: [String]) -> Schema {
        let one = "(\(words.joined(separator: "|")))"
        return Schema(["type": "string", "pattern": .string("^\(one)(,\(one))*$")])
    }
}
