internal import Client
internal import Core
internal import Engine

/// What a person goes by who is asked to raise a limit: what was used, what is reckoned with, what is proposed.
enum BudgetText: Sendable {
    static func lines(_ approval: Approval) -> [String] {
        var lines = LimitReckoning.all(in: approval.subject).map(\.sentence)
        let proposed = LimitReckoning.Kind.allCases.compactMap { kind -> String? in
            guard let value = approval.proposal?[kind.rawValue] else { return nil }
            return "\(value.intValue?.grouped ?? value.stringValue ?? value.text) \(kind.words)"
        }
        if !proposed.isEmpty { lines.append("Proposed: \(proposed.joined(separator: ", ")).") }
        return lines
    }
}
