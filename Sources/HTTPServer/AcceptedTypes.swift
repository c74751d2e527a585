/// What `Accept` says (RFC 9110 §12.5.1): media types and ranges of them with weights, where 0 means "not acceptable".
public struct AcceptedTypes: Sendable {
    /// By names in lower case, such as `text/html`, `text/*` and `*/*`.
    private var weights: [String: Double] = [:]

    /// Reads the header; without one anything is fine.
    public init(_ headers: Headers) {
        for entry in headers.all("Accept").joined(separator: ",").split(separator: ",") {
            let parts = entry.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let name = parts.first else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
            weights[name] = weight.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
        }
    }

    /// Whether a type is wanted rather than another one, which is what clients get that do not mind. Of two that are wanted
    /// as much, that one is which is named more exactly, and the first when both are.
    public func prefers(_ type: String, over other: String) -> Bool {
        let (one, two) = (wish(for: type), wish(for: other))
        guard one.weight > 0 else { return false }
        guard one.weight == two.weight else { return one.weight > two.weight }
        return one.exactness == two.exactness ? one.exactness == 2 : one.exactness > two.exactness
    }

    /// How much a type is wanted, and how exactly that is said: by its name, by `text/*`, or by `*/*`.
    private func wish(for type: String) -> (weight: Double, exactness: Int) {
        if let weight = weights[type] { return (weight, 2) }
        if let weight = weights[type.prefix { $0 != "/" } + "/*"] { return (weight, 1) }
        return (weights["*/*"] ?? 0, 0)
    }
}
