/// The pattern of a route: literal parts, `{name}` for one part, and at the end `{name...}` for all that is left.
struct RoutePattern: Sendable {
    private enum Part: Sendable {
        case literal(String)
        case placeholder(String)
        case rest(String)
    }

    /// As it was written.
    let text: String
    private var parts: [Part]

    init(_ text: String) {
        self.text = text
        precondition(text.hasPrefix("/"), "The route \(text) must start with a slash.")
        parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: true).map { part in
            guard part.hasPrefix("{"), part.hasSuffix("}") else { return .literal(String(part)) }
            let name = part.dropFirst().dropLast()
            return name.hasSuffix("...") ? .rest(String(name.dropLast(3))) : .placeholder(String(name))
        }
        for part in parts.dropLast() {
            if case .rest = part { preconditionFailure("In the route \(text) a part follows the rest of the path.") }
        }
    }

    /// The values of the placeholders, or nil if the path does not match.
    func match(_ segments: [String]) -> [String: String]? {
        var values: [String: String] = [:]
        for (place, part) in parts.enumerated() {
            switch part {
            case .rest(let name):
                guard segments.count > place else { return nil }
                values[name] = segments[place...].joined(separator: "/")
                return values
            case .literal(let text):
                guard segments.count > place, segments[place] == text else { return nil }
            case .placeholder(let name):
                guard segments.count > place, !segments[place].isEmpty else { return nil }
                values[name] = segments[place]
            }
        }
        return segments.count == parts.count ? values : nil
    }

    /// How much more particular this pattern is than others that match the same path: literal parts before
    /// placeholders before the rest, from left to right.
    var rank: [Int] {
        parts.map { part in
            switch part {
            case .literal: 0
            case .placeholder: 1
            case .rest: 2
            }
        }
    }
}
