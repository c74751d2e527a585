/// The members of a JSON object, in the order they were written. Two objects are equal whatever that order is. Names are
/// the same only when their bytes are.
public struct JSONObject: Sendable {
    private var members: [Member]
    /// Place of each name, kept only for objects that are too large to search from end to end.
    private var index: [ExactText: Int]?

    private static let linearSearchMaximum = 12

    private struct Member: Sendable {
        var name: String
        var value: JSON
    }

    /// An object without members.
    public init() {
        members = []
    }

    /// An object of these members; of two with the same name the later value stays, at the place of the first.
    public init(_ pairs: some Sequence<(String, JSON)>) {
        self.init()
        for (name, value) in pairs { self[name] = value }
    }

    /// The member of that name. Setting nil removes it; setting a new name appends it.
    public subscript(name: String) -> JSON? {
        get { position(of: name).map { members[$0].value } }
        set {
            switch (position(of: name), newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil):
                members.remove(at: place)
                rebuildIndex()
            case (nil, let value?):
                members.append(Member(name: name, value: value))
                if index != nil {
                    index?[ExactText(name)] = members.count - 1
                } else if members.count > Self.linearSearchMaximum {
                    rebuildIndex()
                }
            case (nil, nil): break
            }
        }
    }

    /// The names, in order.
    public var names: [String] { members.map(\.name) }

    private func position(of name: String) -> Int? {
        if let index { return index[ExactText(name)] }
        return members.firstIndex { $0.name.hasSameBytes(as: name) }
    }

    private mutating func rebuildIndex() {
        guard members.count > Self.linearSearchMaximum else {
            index = nil
            return
        }
        var rebuilt = [ExactText: Int](minimumCapacity: members.count * 2)
        for (place, member) in members.enumerated() { rebuilt[ExactText(member.name)] = place }
        index = rebuilt
    }
}

extension JSONObject: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { members.count }
    public subscript(place: Int) -> (name: String, value: JSON) { (members[place].name, members[place].value) }
}

extension JSONObject: Hashable {
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.allSatisfy { right[$0.name] == $0.value }
    }

    public func hash(into hasher: inout Hasher) {
        // Order must not matter, so the members' own hashes are added up.
        var sum = 0
        for member in members {
            var one = Hasher()
            member.name.hashBytes(into: &one)
            one.combine(member.value)
            sum &+= one.finalize()
        }
        hasher.combine(sum)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self.init()
        members.reserveCapacity(elements.count)
        for (name, value) in elements { self[name] = value }
    }
}
