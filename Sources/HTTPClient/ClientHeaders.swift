/// Header fields of a request or a response in order; names are compared without case.
public struct ClientHeaders: Sendable {
    private var fields: [Field] = []

    private struct Field: Sendable {
        var name: String
        var value: String
    }

    /// No fields.
    public init() {}

    /// The value of the first field of that name. Setting replaces all of them; setting nil removes them.
    public subscript(name: String) -> String? {
        get { fields.first { $0.name.lowercased() == name.lowercased() }?.value }
        set {
            fields.removeAll { $0.name.lowercased() == name.lowercased() }
            if let newValue { add(name, newValue) }
        }
    }

    /// Appends a field, whatever is there.
    public mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }
}

extension ClientHeaders: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { fields.count }
    public subscript(place: Int) -> (name: String, value: String) { (fields[place].name, fields[place].value) }
}

extension ClientHeaders: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { add(name, value) }
    }
}
