internal import Core
internal import Store

/// What an agent says of its own work at its end, beside the status that the step has by the record (product §2).
public struct AgentVerdict: Sendable, Hashable {
    /// `completed`, `failed`, `question` or `silent`: there is nothing to tell anybody.
    public var status: String
    /// Its SUMMARY; nil when it gave none.
    public var summary: String?

    public init(status: String, summary: String? = nil) {
        self.status = status
        self.summary = summary
    }
}

extension StepDetail {
    /// Nil for steps of other kinds, and as long as the agent has not said anything.
    public var verdict: AgentVerdict? {
        guard kind == "agent", let row else { return nil }
        let summary = trace?["summary"]?.stringValue
        switch status {
        case "completed": return AgentVerdict(status: trace?["status"]?.stringValue ?? "completed", summary: summary)
        case "failed" where row.failureCause == "agent": return AgentVerdict(status: "failed", summary: summary)
        case "waiting" where row.waitingReason == "question" && row.blocker != nil:
            return AgentVerdict(status: "question")
        default: return nil
        }
    }
}
