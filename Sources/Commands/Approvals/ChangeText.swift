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
        return DecisionChange.told(
            known, subject: request["subject"], proposal: request["proposal"], edits: decision["edits"],
            values: decision["values"]
        ).map(DisplayText.line)
    }

    /// Whether something else was agreed to than was proposed.
    static func hasChanges(_ approval: Approval) -> Bool {
        guard let kind = DecisionRequest.Kind(rawValue: approval.kind.rawValue), kind != .budget else { return false }
        return !DecisionChange.lines(
            kind, subject: approval.subject, proposal: approval.proposal, edits: approval.decision?["edits"]
        ).isEmpty
    }
}
