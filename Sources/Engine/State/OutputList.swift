internal import Core

/// The outputs of a loop's iterations in order, kept as JSON text: a hundred thousand of them take little more than what
/// they say. Iterations may end in any order.
struct OutputList: Sendable {
    /// The outputs without a gap from the first on, separated by commas.
    private var text: [UInt8] = []
    private var count = 0
    /// Those behind a gap.
    private var early: [Int: JSON] = [:]

    /// Keeps the output of an iteration.
    mutating func set(_ output: JSON, at index: Int) {
        guard index == count else {
            early[index] = output
            return
        }
        append(output)
        while let next = early.removeValue(forKey: count) { append(next) }
    }

    /// How large the list is by now, in bytes of JSON.
    var bytes: Int { text.count }

    /// The list; null where an iteration has no output.
    /// - Parameter total: how many iterations there were.
    mutating func list(of total: Int) throws -> JSON {
        while count < total { append(early.removeValue(forKey: count) ?? .null) }
        return try JSON(parsing: [UInt8(ascii: "[")] + text + [UInt8(ascii: "]")])
    }

    private mutating func append(_ output: JSON) {
        if count > 0 { text.append(UInt8(ascii: ",")) }
        text.append(contentsOf: output.bytes)
        count += 1
    }
}
