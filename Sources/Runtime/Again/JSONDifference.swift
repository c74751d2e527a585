public import Core

/// One place in which two JSON values differ.
public struct JSONDifference: Sendable, Hashable {
    /// A JSON pointer (RFC 6901).
    public var pointer: String
    /// What stands there on each side; nil where nothing does.
    public var before: JSON?
    public var after: JSON?
}

extension JSONDifference {
    /// The longest text of a value that is told whole, in bytes.
    public static let valueBytesDefault = 400

    /// Where two values differ, in the order of the first one.
    /// - Parameters:
    ///   - maximum: how many places are told.
    ///   - valueBytesMaximum: the longest text of a value that is told whole.
    /// - Returns: the places, and whether there are more.
    public static func between(
        _ before: JSON?, _ after: JSON?, maximum: Int = Limits.comparedDifferencesMaximum,
        valueBytesMaximum: Int = Self.valueBytesDefault
    ) -> (differences: [JSONDifference], hasMore: Bool) {
        var found: [JSONDifference] = []
        collect(before, after, "", maximum + 1, &found)
        let told = found.prefix(maximum).map { $0.shortened(to: valueBytesMaximum) }
        return (told, found.count > maximum)
    }

    private static func collect(
        _ before: JSON?, _ after: JSON?, _ pointer: String, _ maximum: Int, _ found: inout [JSONDifference]
    ) {
        guard found.count < maximum, before != after else { return }
        switch (before, after) {
        case (.object(let left)?, .object(let right)?):
            for member in left {
                collect(member.value, right[member.name], "\(pointer)/\(escaped(member.name))", maximum, &found)
            }
            for member in right where left[member.name] == nil {
                collect(nil, member.value, "\(pointer)/\(escaped(member.name))", maximum, &found)
            }
        case (.array(let left)?, .array(let right)?):
            for place in 0..<max(left.count, right.count) {
                guard found.count < maximum else { return }
                // A literal nil would be the null of JSON.
                let old = left.indices.contains(place) ? Optional.some(left[place]) : Optional<JSON>.none
                let new = right.indices.contains(place) ? Optional.some(right[place]) : Optional<JSON>.none
                collect(old, new, "\(pointer)/\(place)", maximum, &found)
            }
        default:
            found.append(JSONDifference(pointer: pointer, before: before, after: after))
        }
    }

    private func shortened(to maximum: Int) -> JSONDifference {
        func shortened(_ value: JSON) -> JSON {
            let text = value.stringValue ?? value.text
            return text.utf8.count <= maximum ? value : .string(text.prefix(maximum) + "…")
        }
        return JSONDifference(pointer: pointer, before: before.map(shortened), after: after.map(shortened))
    }

    private static func escaped(_ name: String) -> String {
        name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
            .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }
}
