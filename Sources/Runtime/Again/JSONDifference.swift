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
    private static let valueBytesMaximum = 400

    /// Where two values differ, in the order of the first one.
    /// - Parameter maximum: how many places are told.
    /// - Returns: the places, and whether there are more.
    public static func between(
        _ before: JSON?, _ after: JSON?, maximum: Int = Limits.comparedDifferencesMaximum
    ) -> (differences: [JSONDifference], hasMore: Bool) {
        var found: [JSONDifference] = []
        collect(before, after, "", maximum + 1, &found)
        return (Array(found.prefix(maximum)), found.count > maximum)
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
            found.append(JSONDifference(pointer: pointer, before: before.map(shortened), after: after.map(shortened)))
        }
    }

    private static func shortened(_ value: JSON) -> JSON {
        if case .string(let text) = value, text.utf8.count <= valueBytesMaximum { return value }
        let text = value.stringValue ?? value.text
        return text.utf8.count <= valueBytesMaximum ? value : .string(text.prefix(valueBytesMaximum) + "…")
    }

    private static func escaped(_ name: String) -> String {
        name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
            .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }
}
