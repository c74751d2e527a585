internal import Core
internal import HTTPServer
internal import Plans

/// Reads the parameters behind the question mark of an address.
struct QueryReader {
    private let query: Query

    /// - Throws: `SignalboxError` with code `invalid_input` for a parameter that is not known or stands twice.
    init(_ query: Query, known: [String]) throws {
        for parameter in query where !known.contains(parameter.name) {
            throw SignalboxError(
                .invalidInput, "There is no parameter \"\(parameter.name.prefix(80))\".",
                hint: Suggestion.hint(for: parameter.name, among: known, called: "the parameters are"))
        }
        for name in known where query.all(name).count > 1 {
            throw SignalboxError(.invalidInput, "The parameter \"\(name)\" stands twice.")
        }
        self.query = query
    }

    func integer(_ name: String, in range: ClosedRange<Int64>, default value: Int64) throws -> Int {
        guard let text = query[name] else { return Int(value) }
        guard let number = Int64(text), range.contains(number) else {
            throw SignalboxError(
                .invalidInput,
                "The parameter \"\(name)\" must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return Int(number)
    }

    func position(_ name: String) throws -> Position? {
        guard query[name] != nil else { return nil }
        return Position(rawValue: Int64(try integer(name, in: 0 ... .max, default: 0)))
    }

    func text(_ name: String) -> String? { query[name] }
}
