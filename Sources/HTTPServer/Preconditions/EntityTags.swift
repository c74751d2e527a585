/// The versions that `If-Match` or `If-None-Match` name (RFC 9110 §13.1). What is written in no known way names none, so
/// that a condition that was not understood never holds by chance.
public enum EntityTags: Sendable, Hashable {
    /// `*`: whatever version there is.
    case any
    /// The strong tags without their marks, and the weak ones.
    case these(strong: Set<String>, weak: Set<String>)

    /// Reads the header.
    public init(_ text: String) {
        guard text.filter({ $0 != " " && $0 != "\t" }) != "*" else {
            self = .any
            return
        }
        var strong: Set<String> = []
        var weak: Set<String> = []
        // A tag may hold commas, but no quotation mark: every second part stands between two.
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        for (place, part) in parts.enumerated() where place % 2 == 1 && place < parts.count - 1 {
            if parts[place - 1].hasSuffix("W/") { weak.insert(String(part)) } else { strong.insert(String(part)) }
        }
        self = .these(strong: strong, weak: weak)
    }

    /// Whether a tag is among them by the weak comparison, which `If-None-Match` uses.
    public func contains(_ tag: String) -> Bool {
        switch self {
        case .any: true
        case .these(let strong, let weak): strong.contains(tag) || weak.contains(tag)
        }
    }
}
