internal import Core

/// Where a part of a list has ended. It belongs to one query and is good for its next part, whatever was added since.
public struct TaskCursor: Sendable, Hashable {
    /// Of the filter and the order.
    private var query: String
    /// The last task that was shown.
    public var last: TaskOrderKey

    public init(_ query: TaskQuery, last: TaskOrderKey) {
        self.query = Self.hash(query)
        self.last = last
    }

    /// Whether it was made by a query with the same filter and order.
    public func belongs(to other: TaskQuery) -> Bool { query == Self.hash(other) }

    /// How it is handed out: opaque, and safe in an address.
    public var text: String {
        let fields: JSON = [
            .string(query), .int(last.value), .string(last.name), .int(last.number),
        ]
        return String(
            Base64.encode(Array(fields.text.utf8)).map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }.filter { $0 != "=" })
    }

    /// Reads `text` back; nil for anything else.
    public init?(text: String) {
        let plain = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        guard text.utf8.count <= Limits.cursorBytesMaximum, let bytes = Base64.decode(plain),
            let fields = Self.fields(bytes), fields.count == 4, let query = fields[0].stringValue,
            let value = fields[1].intValue, let name = fields[2].stringValue, let number = fields[3].intValue
        else { return nil }
        self.query = query
        last = TaskOrderKey(value: value, name: name, number: number)
    }

    private static func fields(_ bytes: [UInt8]) -> [JSON]? {
        do {
            return try JSON(parsing: String(decoding: bytes, as: UTF8.self)).arrayValue
        } catch {
            return nil
        }
    }

    /// - Throws: `SignalboxError` with code `invalid_input` when it was made by another query.
    public func check(_ query: TaskQuery) throws {
        guard belongs(to: query) else {
            throw SignalboxError(
                .invalidInput, "The cursor belongs to a list with another filter or order.",
                hint: "Ask for the first page again, without a cursor.")
        }
    }

    private static func hash(_ query: TaskQuery) -> String {
        let filter = query.filter
        let members: [[String]] =
            filter.conditions.map { $0.map { "\($0.facet.rawValue) \($0.text)" }.sorted() } + [
                [filter.from, filter.to].map { $0.map { String($0.millisecondsSinceEpoch) } ?? "" },
                [filter.text?.text ?? ""], [query.sort.key.rawValue, query.sort.isDescending ? "-" : "+"],
            ]
        let text = JSON.array(members.map { .array($0.map(JSON.string)) }).text
        return String(ContentHash(of: Array(text.utf8)).rawValue.prefix(16))
    }
}
