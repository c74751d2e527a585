/// Whole numbers as people type them.
extension String {
    /// Without what stands between groups of three digits: `18,204` and `18 204` are `18204`. All else stays as it is, for a
    /// comma may be meant as a decimal one: `12,5`.
    var ungrouped: String {
        let sign = hasPrefix("-") ? "-" : ""
        for separator: Character in [",", " "] {
            let groups = dropFirst(sign.count).split(separator: separator, omittingEmptySubsequences: false)
            guard groups.count > 1, let first = groups.first, (1...3).contains(first.count), !first.hasPrefix("0"),
                groups.dropFirst().allSatisfy({ $0.count == 3 }), groups.joined().isDigits
            else { continue }
            return sign + groups.joined()
        }
        return self
    }

    /// Whether it has digits and nothing else.
    var isDigits: Bool { !isEmpty && utf8.allSatisfy { (0x30...0x39).contains($0) } }
}
