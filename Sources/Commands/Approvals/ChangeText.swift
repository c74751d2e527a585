internal import Client
internal import Core
internal import Engine
internal import Runtime

/// What a person has changed of what was proposed, or filled in, for a terminal.
enum ChangeText: Sendable {
    /// - Parameters:
    ///   - request: an object with `proposal` and `subject`.
    ///   - decision: an object with `edits` and `values`; nil while there is none.
    static func lines(of kind: ApprovalKind, in request: JSON, _ decision: JSON?) -> [String] {
        guard let decision, let known = DecisionRequest.Kind(rawValue: kind.rawValue) else { return [] }
        var lines = DecisionChange.lines(
            known, subject: request["subject"], proposal: request["proposal"], edits: decision["edits"])
        switch known {
        case .question:
            if let answer = decision["values"] ?? decision["edits"] { lines.append("answer: \(text(answer))") }
        case .inDoubt:
            if let output = decision["edits"]?["output"] { lines.append("stated output: \(text(output))") }
        case .approval, .consent, .review, .budget:
            if let values = decision["values"] { lines.append("filled in: \(values.text)") }
        }
        return lines.map(DisplayText.line)
    }

    /// Whether something else was agreed to than was proposed.
    static func hasChanges(_ approval: Approval) -> Bool {
        guard let kind = DecisionRequest.Kind(rawValue: approval.kind.rawValue), kind != .budget else { return false }
        return !DecisionChange.lines(
            kind, subject: approval.subject, proposal: approval.proposal, edits: approval.decision?["edits"]
        ).isEmpty
    }

    private static func text(_ value: JSON) -> String {
        let isPlain = value.objectValue?.names == ["answer"]
        let shown = isPlain ? value["answer"] ?? value : value
        return shown.stringValue ?? shown.text
    }
}
