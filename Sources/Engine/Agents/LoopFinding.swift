internal import Core

/// That an agent goes round in circles, with the rule that says so and what shows it.
struct LoopFinding: Sendable, Hashable {
    var rule: Rule
    /// A sentence.
    var message: String
    /// The calls, oldest first.
    var evidence: [ToolRequest]

    enum Rule: String, Sendable {
        case identicalCalls = "identical_calls"
        case failures
        case alternatingPair = "alternating_pair"
        /// A model that was asked says so.
        case model
    }

    /// What the rules find in the latest calls.
    /// - Parameter repeats: so many in a row are a loop.
    init?(_ calls: [AgentRun.PastCall], repeats: Int) {
        guard calls.count >= repeats, let last = calls.last else { return nil }
        let latest = calls.suffix(repeats)
        if latest.allSatisfy({ $0.signature == last.signature }) {
            self.init(
                .identicalCalls, "It called \(last.request.tool) \(repeats) times in a row with the same arguments.",
                latest)
        } else if latest.allSatisfy({ $0.hasFailed == true }) {
            self.init(.failures, "Its last \(repeats) tool calls failed one after the other.", latest)
        } else if let pair = Self.pair(calls, repeats: repeats) {
            self.init(
                .alternatingPair,
                "It called \(pair.first) and \(pair.second) in turn with the same arguments, \(repeats) times each.",
                calls.suffix(2 * repeats))
        } else {
            return nil
        }
    }

    /// What a model has found.
    init(judgedBy model: String, _ reason: String, _ calls: [AgentRun.PastCall]) {
        self.init(.model, "\(model) was asked and found that it goes round in circles: \(reason)", calls[...])
    }

    private init(_ rule: Rule, _ message: String, _ calls: ArraySlice<AgentRun.PastCall>) {
        self.rule = rule
        self.message = message
        evidence = calls.map(\.request)
    }

    private static func pair(_ calls: [AgentRun.PastCall], repeats: Int) -> (first: String, second: String)? {
        let latest = Array(calls.suffix(2 * repeats))
        guard latest.count == 2 * repeats, repeats > 1, latest[0].signature != latest[1].signature else { return nil }
        let alternates = latest.indices.allSatisfy { latest[$0].signature == latest[$0 % 2].signature }
        return alternates ? (latest[0].request.tool, latest[1].request.tool) : nil
    }

    /// What is kept of it with the failure.
    var trace: JSON {
        [
            "loop": [
                "rule": .string(rule.rawValue), "message": .string(message),
                "calls": .array(evidence.map(\.json)),
            ]
        ]
    }
}
