internal import Core

/// A value as JSON Schema compares them: 1 and 1.0 are the same number.
struct SchemaValue: Hashable, Sendable {
    let json: JSON

    init(_ json: JSON) {
        self.json = json
    }

    static func == (left: SchemaValue, right: SchemaValue) -> Bool { areEqual(left.json, right.json) }

    private static func areEqual(_ left: JSON, _ right: JSON) -> Bool {
        switch (left, right) {
        case (.int(let left), .double(let right)), (.double(let right), .int(let left)):
            ExactNumber.order(left, right) == 0
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy(areEqual)
        case (.object(let left), .object(let right)):
            left.count == right.count
                && left.allSatisfy { member in right[member.name].map { areEqual(member.value, $0) } ?? false }
        default: left == right
        }
    }

    func hash(into hasher: inout Hasher) { Self.hash(json, into: &hasher) }

    private static func hash(_ value: JSON, into hasher: inout Hasher) {
        switch value {
        case .double(let number):
            // An integer that fits 64 bits hashes alike, however it is written.
            if let integer = Int64(exactly: number) { hasher.combine(JSON.int(integer)) } else { hasher.combine(value) }
        case .array(let elements):
            hasher.combine(elements.count)
            for element in elements { hash(element, into: &hasher) }
        case .object(let members):
            // Order must not matter, so the members' own hashes are added up.
            var sum = members.count
            for member in members {
                var one = Hasher()
                one.combine(ExactText(member.name))
                hash(member.value, into: &one)
                sum &+= one.finalize()
            }
            hasher.combine(sum)
        default: hasher.combine(value)
        }
    }
}

extension JSON {
    /// What it takes to look at all of it, in units of a value or 64 bytes of text.
    var weight: Int {
        switch self {
        case .string(let text): 1 + text.utf8.count / 64
        case .array(let elements): elements.reduce(1) { $0 + $1.weight }
        case .object(let members): members.reduce(1) { $0 + $1.name.utf8.count / 64 + $1.value.weight }
        default: 1
        }
    }
}
