internal import Core
internal import Engine
internal import Store

extension DecisionRow {
    /// An open request.
    init(_ request: DecisionRequest, of task: TaskNumber, requestedAt position: Position) {
        self.init(
            task: task, ordinal: request.ordinal, step: request.step, run: request.run, kind: request.kind.rawValue,
            title: request.title, deciders: request.deciders, requestedAt: request.requestedAt,
            expiresAt: request.expiresAt, requestPosition: position)
    }

    /// A request that somebody has decided, that has expired, or whose step has ended without it.
    init(
        _ request: DecisionRequest, settled record: DecisionRecord?, of task: TaskNumber,
        requestedAt position: Position, decidedAt decisionPosition: Position
    ) {
        self.init(request, of: task, requestedAt: position)
        guard let record else {
            state = "withdrawn"
            return
        }
        state = record.decider == Decision.expiryDecider ? "expired" : "decided"
        verdict = record.verdict.rawValue
        decidedBy = record.decider
        decidedAt = record.decidedAt
        self.decisionPosition = decisionPosition
    }
}
