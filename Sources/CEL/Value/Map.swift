public import Core

/// A map, either built by an expression or wrapped around a JSON object. Entries keep their order.
public struct Map: Sendable {
    private let storage: Storage

    private enum Storage: Sendable {
        case json(JSONObject)
        case entries(Entries)
    }

    /// A map over a JSON object, which is not copied.
    public init(_ members: JSONObject) {
        storage = .json(members)
    }

    /// A map with these entries; nil if a key stands twice.
    public init?(_ entries: [(key: MapKey, value: Value)]) {
        guard let entries = Entries(entries) else { return nil }
        storage = .entries(entries)
    }

    /// The object this is wrapped around, if it is.
    var json: JSONObject? {
        guard case .json(let members) = storage else { return nil }
        return members
    }

    /// Whether there are no entries.
    public var isEmpty: Bool { count == 0 }

    /// The number of entries.
    public var count: Int {
        switch storage {
        case .json(let members): members.count
        case .entries(let entries): entries.pairs.count
        }
    }

    /// The value of that name.
    public subscript(name: String) -> Value? {
        switch storage {
        case .json(let members): members[name].map(Value.init)
        case .entries(let entries): entries[.string(name)]
        }
    }

    /// The value of that key.
    public subscript(key: MapKey) -> Value? {
        switch storage {
        case .json(let members):
            guard case .string(let name) = key else { return nil }
            return members[name].map(Value.init)
        case .entries(let entries): return entries[key]
        }
    }

    /// The entry at that place, from 0.
    public func entry(at place: Int) -> (key: MapKey, value: Value) {
        switch storage {
        case .json(let members):
            let member = members[place]
            return (.string(member.name), Value(member.value))
        case .entries(let entries): return entries.pairs[place]
        }
    }
}

/// Entries in order, with an index once there are too many to search from end to end.
private final class Entries: Sendable {
    let pairs: [(key: MapKey, value: Value)]
    private let index: [MapKey: Int]?

    private static let linearSearchMaximum = 8

    init?(_ pairs: [(key: MapKey, value: Value)]) {
        self.pairs = pairs
        guard pairs.count > Self.linearSearchMaximum else {
            index = nil
            for (place, pair) in pairs.enumerated() where pairs[..<place].contains(where: { $0.key == pair.key }) {
                return nil
            }
            return
        }
        var index = [MapKey: Int](minimumCapacity: pairs.count)
        for (place, pair) in pairs.enumerated() {
            guard index.updateValue(place, forKey: pair.key) == nil else { return nil }
        }
        self.index = index
    }

    subscript(key: MapKey) -> Value? {
        if let index { return index[key].map { pairs[$0].value } }
        return pairs.first { $0.key == key }?.value
    }
}
