internal import Core
internal import Store

/// The statement that puts a row in the place of what stands under its key.
/// - Parameters:
///   - columns: separated by commas, those of the key first.
///   - fixed: the columns that never change once the row is there; the key is among them.
func upsert(into table: String, key: String, columns: String, fixed: Set<String>) -> String {
    let names = columns.split(separator: ",").map { $0.trimmed }
    let changes = names.filter { !fixed.contains($0) }.map { "\($0) = excluded.\($0)" }
    return "INSERT INTO \(table) (\(columns)) VALUES (\(placeholders(names.count))) "
        + "ON CONFLICT (\(key)) DO UPDATE SET \(changes.joined(separator: ", "))"
}

/// `?, ?, ?`
func placeholders(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ", ")
}

/// A list of texts as a column keeps it.
func list(_ texts: [String]) -> SQLiteValue {
    .text(JSON.array(texts.map(JSON.string)).text)
}

/// The same, where most rows have none.
func listOrNull(_ texts: [String]) -> SQLiteValue {
    texts.isEmpty ? .null : list(texts)
}

/// Reads a list of texts back.
func list(_ text: String) throws -> [String] {
    try JSON(parsing: text).arrayValue?.compactMap(\.stringValue) ?? []
}

/// Makes a value of what the database holds.
/// - Throws: `SignalboxError` with code `storage_error` when it holds something that nobody has written.
func stored<Value>(_ text: String, _ make: (String) -> Value?) throws -> Value {
    guard let value = make(text) else {
        throw SignalboxError(.storage, "The database holds a value that no version has written: \(text.prefix(64)).")
    }
    return value
}

extension SQLiteRow {
    func task(_ column: Int32) -> TaskNumber { TaskNumber(rawValue: integer(column)) }

    func optionalTask(_ column: Int32) -> TaskNumber? { optionalInteger(column).map(TaskNumber.init(rawValue:)) }

    func path(_ column: Int32) -> StepPath { StepPath(rawValue: text(column)) }

    func optionalPath(_ column: Int32) -> StepPath? { optionalText(column).map(StepPath.init(rawValue:)) }

    func optionalCount(_ column: Int32) -> Int? { optionalInteger(column).map { Int($0) } }

    func flag(_ column: Int32) -> Bool { integer(column) != 0 }

    func money(_ column: Int32) -> Money { Money(rawValue: integer(column)) }

    /// Five columns in the order of `SQLiteValue.usage`, and one for the kinds that few calls have.
    func usage(from column: Int32, rare: Int32) throws -> TokenUsage {
        var usage = TokenUsage(
            input: integer(column), cacheRead: integer(column + 1), cacheWrite: integer(column + 2),
            output: integer(column + 3), reasoning: integer(column + 4))
        if let text = optionalText(rare) { usage.takeRare(try JSON(parsing: text)) }
        return usage
    }

    /// A number that most rows have none of.
    func count(_ column: Int32) -> Int { Int(optionalInteger(column) ?? 0) }
}

extension SQLiteValue {
    init(_ value: Int?) { self.init(value.map { Int64($0) }) }
    init(_ value: Bool) { self = .integer(value ? 1 : 0) }
    init(_ value: TaskNumber?) { self.init(value?.rawValue) }
    init(_ value: StepPath?) { self.init(value?.rawValue) }
    init(_ value: Position) { self = .integer(value.rawValue) }
    init(_ value: ContentHash) { self = .text(value.rawValue) }

    /// Null for nothing, so that the many rows without costs stay small.
    init(_ value: Money) { self = value == .zero ? .null : .integer(value.rawValue) }

    /// Null for none, so that the many rows without calls stay small.
    init(count: Int) { self = count == 0 ? .null : .integer(Int64(count)) }

    /// The kinds of tokens that few calls have, as JSON.
    init(rare usage: TokenUsage) { self.init(usage.rareJSON?.text) }

    /// Five columns; all null when there are no tokens.
    static func usage(_ usage: TokenUsage) -> [SQLiteValue] {
        guard usage != .zero else { return Array(repeating: .null, count: 5) }
        return [usage.input, usage.cacheRead, usage.cacheWrite, usage.output, usage.reasoning].map {
            .integer($0)
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
