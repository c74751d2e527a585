internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// Which events a client asks for.
struct EventsQuery: Sendable {
    /// The kind under which text is asked for while it is being said.
    static let deltaKind = "delta"
    /// All kinds that can be asked for.
    static let kinds = EventKind.allCases.map(\.rawValue) + [TombstoneRow.eventKind, deltaKind]

    var after: Position
    var filter: LiveFilter
    /// How many a page has.
    var limit: Int

    /// A position as it stands in an address or a header; nil when none stands there.
    /// - Throws: `SignalboxError` with code `malformed_request`.
    static func position(_ text: String?, _ name: String) throws -> Position? {
        guard let text, !text.isEmpty else { return nil }
        guard let number = Int64(text), number >= 0 else {
            throw SignalboxError(
                .malformedRequest, "\(name) must be a position of the journal: a whole number that is not negative.",
                hint: "Take it as you got it: the id of an event, or `next` of a page.")
        }
        return Position(rawValue: number)
    }

    /// The filter for these kinds; nil for all, and what is being said with them.
    /// - Throws: `SignalboxError` with code `invalid_input` for a kind that there is not.
    static func filter(kinds: [String]?) throws -> LiveFilter {
        guard let kinds else { return LiveFilter(hearsDeltas: true) }
        for kind in kinds where !self.kinds.contains(kind) {
            throw SignalboxError(
                .invalidInput, "There is no kind of event \"\(kind.prefix(80))\".",
                hint: Suggestion.hint(for: kind, among: self.kinds, called: "the kinds are"))
        }
        return LiveFilter(
            kinds: Set(kinds.filter { $0 != deltaKind }), hearsDeltas: kinds.contains(deltaKind))
    }
}
