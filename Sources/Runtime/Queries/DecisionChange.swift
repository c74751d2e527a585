public import Core
public import Engine

/// What a person has made of what was proposed.
public enum DecisionChange: Sendable {
    /// Places that are told; what is beyond them is told by their number alone.
    private static let placesMaximum = 20

    /// Each change, as `arguments/number: 3 → 1`; of a limit what it was and became. Empty where it was taken as proposed.
    /// - Parameters:
    ///   - subject: of a budget request what the limits were.
    ///   - edits: what took the place of the proposal.
    public static func lines(
        _ kind: DecisionRequest.Kind, subject: JSON?, proposal: JSON?, edits: JSON?
    ) -> [String] {
        guard let edits else { return [] }
        switch kind {
        case .approval, .consent, .review: return differences(proposal, edits)
        case .budget: return limits(subject: subject, proposal: proposal, edits: edits)
        case .question, .inDoubt: return []
        }
    }

    /// The same, with what was filled in: `answer: The blue one`.
    /// - Parameters:
    ///   - edits: took the place of the proposal.
    ///   - values: were filled in beside it.
    public static func told(
        _ kind: DecisionRequest.Kind, subject: JSON?, proposal: JSON?, edits: JSON?, values: JSON?
    ) -> [String] {
        var told = lines(kind, subject: subject, proposal: proposal, edits: edits)
        switch kind {
        case .question:
            if let answer = values ?? edits { told.append("answer: \(words(answer))") }
        case .inDoubt:
            if let output = edits?["output"] { told.append("stated output: \(words(output))") }
        case .approval, .consent, .review, .budget:
            if let values { told.append("filled in: \(values.text)") }
        }
        return told
    }

    private static func words(_ value: JSON) -> String {
        let isPlain = value.objectValue?.names == ["answer"]
        let shown = isPlain ? value["answer"] ?? value : value
        return shown.stringValue ?? shown.text
    }

    private static func differences(_ proposal: JSON?, _ edits: JSON) -> [String] {
        let (differences, hasMore) = JSONDifference.between(proposal, edits, maximum: placesMaximum)
        let lines = differences.map { difference in
            let change = "\(text(difference.before)) → \(text(difference.after))"
            let place = difference.pointer.dropFirst()
            return place.isEmpty ? change : "\(place): \(change)"
        }
        return lines + (hasMore ? ["and more"] : [])
    }

    private static func limits(subject: JSON?, proposal: JSON?, edits: JSON) -> [String] {
        LimitReckoning.Kind.allCases.compactMap { kind in
            guard let limit = edits[kind.rawValue] else { return nil }
            func words(_ value: JSON) -> String { value.intValue?.grouped ?? value.stringValue ?? value.text }
            let before = subject?[kind.rawValue]?["limit"].map { "\(words($0)) → " } ?? ""
            let other = proposal?[kind.rawValue].flatMap { $0 == limit ? nil : " (proposed: \(words($0)))" } ?? ""
            return "\(kind.words): \(before)\(words(limit))\(other)"
        }
    }

    private static func text(_ value: JSON?) -> String {
        guard let value else { return "nothing" }
        return value.text
    }
}
