public import Core

/// A list, either built by an expression or wrapped around a JSON array.
public struct List: Sendable {
    private let storage: Storage

    private enum Storage: Sendable {
        case json([JSON])
        case values([Value])
    }

    /// A list of these values.
    public init(_ values: [Value]) {
        storage = .values(values)
    }

    /// A list over a JSON array, which is not copied.
    public init(_ elements: [JSON]) {
        storage = .json(elements)
    }

    /// The array this is wrapped around, if it is.
    var json: [JSON]? {
        guard case .json(let elements) = storage else { return nil }
        return elements
    }

    /// All elements as values.
    var values: [Value] {
        switch storage {
        case .json(let elements): elements.map(Value.init)
        case .values(let values): values
        }
    }
}

extension List: RandomAccessCollection {
    public var startIndex: Int { 0 }

    public var endIndex: Int {
        switch storage {
        case .json(let elements): elements.count
        case .values(let values): values.count
        }
    }

    public subscript(place: Int) -> Value {
        switch storage {
        case .json(let elements): Value(elements[place])
        case .values(let values): values[place]
        }
    }
}
