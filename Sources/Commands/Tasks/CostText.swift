internal import Core

/// What something cost, in words.
enum CostText: Sendable {
    /// Among other figures: `$0.0125`, `cost unknown`, or `cost unknown (at least $0.0125)`.
    /// - Parameters:
    ///   - cost: nil when it is not known.
    ///   - known: what is known of it then.
    static func figure(_ cost: Money?, known: Money?) -> String {
        if let cost { return "$\(cost)" }
        guard let known, known > .zero else { return "cost unknown" }
        return "cost unknown (at least $\(known))"
    }

    /// In a column: `$0.0125`, `unknown`, or `≥ $0.0125` where more of it is unknown.
    static func column(_ cost: Money?, known: Money?) -> String {
        if let cost { return "$\(cost)" }
        guard let known, known > .zero else { return "unknown" }
        return "≥ $\(known)"
    }
}
