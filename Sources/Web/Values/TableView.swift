internal import Core

/// Values as rows and columns.
public struct TableView: Sendable, Hashable {
    public var columns: [String]
    /// As many values as there are columns, each in words.
    public var rows: [[String]]
    /// How many rows there are in all; nil when that is not known, because only the beginning was read.
    public var total: Int?

    /// Shown of one table.
    static let rowsMaximum = 200
    static let columnsMaximum = 24

    public init(columns: [String], rows: [[String]], total: Int?) {
        self.columns = columns
        self.rows = rows
        self.total = total
    }

    /// A list of objects with the same members; nil for any other value.
    init?(_ value: JSON) {
        guard let elements = value.arrayValue, !elements.isEmpty else { return nil }
        var columns: [String] = []
        var known: Set<String> = []
        var filled = 0
        for element in elements.prefix(Self.rowsMaximum) {
            guard let members = element.objectValue else { return nil }
            for name in members.names where known.insert(name).inserted { columns.append(name) }
            filled += members.count
            guard columns.count <= Self.columnsMaximum else { return nil }
        }
        let shown = elements.prefix(Self.rowsMaximum)
        // Objects that have little in common are better read one by one.
        guard !columns.isEmpty, filled * 2 >= columns.count * shown.count else { return nil }
        self.init(
            columns: columns,
            rows: shown.map { element in
                columns.map { name in element[name].map { $0.stringValue ?? ($0.isNull ? "" : $0.text) } ?? "" }
            }, total: elements.count)
    }

    /// A text of comma, semicolon or tab separated values; nil for a text that does not look like one.
    /// - Parameters:
    ///   - isCut: whether only the beginning of it is at hand.
    ///   - isDeclared: whether somebody has called it separated values.
    init?(delimited text: String, isCut: Bool = false, isDeclared: Bool = false) {
        guard let separator = DelimitedText.separator(of: text, isCut: isCut, isDeclared: isDeclared) else {
            return nil
        }
        let (rows, isWhole) = DelimitedText.rows(of: text, separator: separator, limit: Self.rowsMaximum + 1)
        guard let head = rows.first, head.count <= Self.columnsMaximum, rows.count > 1 else { return nil }
        var body = rows.dropFirst().prefix(Self.rowsMaximum).map { row in
            Array((row + Array(repeating: "", count: max(0, head.count - row.count))).prefix(head.count))
        }
        // The last row may be half of one.
        if isCut, isWhole, body.count > 1 { body.removeLast() }
        self.init(columns: head, rows: Array(body), total: isWhole && !isCut ? body.count : nil)
    }

    /// Whether all values of a column are numbers, which stand below each other by their last digit.
    func isNumeric(column: Int) -> Bool {
        let values = rows.map { $0[column] }.filter { !$0.isEmpty }
        return !values.isEmpty
            && values.allSatisfy { value in
                value.utf8.count <= 24
                    && value.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.,%eE".utf8.contains($0) }
                    && value.utf8.contains { (0x30...0x39).contains($0) }
            }
    }
}
