/// Where a step stands in its task: its name; inside a loop the loop, the iteration (from 0) and its name
/// (`each/3/read`); inside a branch the branch, the path taken and its name (`route/large/send`).
public struct StepPath: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public var description: String { rawValue }

    /// The path of something inside.
    public func appending(_ name: some CustomStringConvertible) -> StepPath {
        StepPath(rawValue: rawValue.isEmpty ? "\(name)" : "\(rawValue)/\(name)")
    }

    /// The names and numbers it consists of, outermost first.
    public var components: [Substring] { rawValue.split(separator: "/", omittingEmptySubsequences: false) }

    /// Its last name or number.
    public var name: Substring {
        rawValue.utf8.lastIndex(of: UInt8(ascii: "/")).map { rawValue[rawValue.index(after: $0)...] } ?? rawValue[...]
    }

    /// What it stands in: an iteration, a path of a branch, or the step that holds them; nil at the root.
    public var parent: StepPath? {
        rawValue.utf8.lastIndex(of: UInt8(ascii: "/")).map { StepPath(rawValue: String(rawValue[..<$0])) }
    }

    /// All it stands in, innermost first.
    public var ancestors: [StepPath] {
        var ancestors: [StepPath] = []
        var path = parent
        while let next = path {
            ancestors.append(next)
            path = next.parent
        }
        return ancestors
    }

    /// Whether the other one stands in it.
    public func contains(_ other: StepPath) -> Bool {
        other.rawValue.utf8.count > rawValue.utf8.count && other.rawValue.hasPrefix(rawValue + "/")
    }
}
