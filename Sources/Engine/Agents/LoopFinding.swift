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

    /// What the rules find in the latest calls. What the model called in one answer is one round: it knew nothing yet of what
    /// came of each.
    /// - Parameter repeats: so many rounds in a row are a loop.
    init?(_ calls: [AgentRun.PastCall], repeats: Int) {
        let rounds = Round.all(of: calls)
        guard rounds.count >= repeats, let last = rounds.last else { return nil }
        let latest = rounds.suffix(repeats)
        let evidence = latest.flatMap(\.calls)[...]
        if latest.allSatisfy({ $0.signatures == last.signatures }) {
            self.init(
                .identicalCalls, "It called \(last.tools) \(repeats) times in a row with the same arguments.",
                evidence)
        } else if latest.allSatisfy(\.hasFailed) {
            let message =
                evidence.count == repeats
                ? "Its last \(repeats) tool calls failed one after the other."
                : "All \(evidence.count) tool calls of its last \(repeats) answers with calls failed."
            self.init(.failures, message, evidence)
        } else if let pair = Self.pair(rounds, repeats: repeats) {
            self.init(
                .alternatingPair,
                "It called \(pair.first.tools) and \(pair.second.tools) in turn with the same arguments, "
                    + "\(repeats) times each.",
                rounds.suffix(2 * repeats).flatMap(\.calls)[...])
        } else {
            return nil
        }
    }

    /// What a model has found.
    init(judgedBy model: String, _ reason: String, _ calls: ArraySlice<AgentRun.PastCall>) {
        self.init(.model, "\(model) was asked and found that it goes round in circles: \(reason)", calls)
    }

    private init(_ rule: Rule, _ message: String, _ calls: ArraySlice<AgentRun.PastCall>) {
        self.rule = rule
        self.message = message
        evidence = calls.map(\.request)
    }

    private static func pair(_ rounds: [Round], repeats: Int) -> (first: Round, second: Round)? {
        let latest = Array(rounds.suffix(2 * repeats))
        guard latest.count == 2 * repeats, repeats > 1, latest[0].signatures != latest[1].signatures else { return nil }
        let alternates = latest.indices.allSatisfy { latest[$0].signatures == latest[$0 % 2].signatures }
        return alternates ? (latest[0], latest[1]) : nil
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

extension LoopFinding {
    /// The calls of one answer of the model.
    private struct Round {
        var calls: ArraySlice<AgentRun.PastCall>

        /// The same for two rounds of the same calls, in whatever order.
        var signatures: Set<ContentHash> { Set(calls.map(\.signature)) }
        /// Whether nothing came of any of them.
        var hasFailed: Bool { calls.allSatisfy { $0.hasFailed == true } }

        /// The tools that are named; a model may call hundreds at once.
        private static let namesMaximum = 3

        /// `read_file together with http`
        var tools: String {
            var names: [String] = []
            for call in calls where !names.contains(call.request.tool) { names.append(call.request.tool) }
            let rest = names.count - Self.namesMaximum
            let shown = names.prefix(Self.namesMaximum) + (rest > 0 ? ["\(rest) more"] : [])
            return shown.joined(separator: " together with ")
        }

        static func all(of calls: [AgentRun.PastCall]) -> [Round] {
            var rounds: [Round] = []
            var start = calls.startIndex
            for end in calls.indices where end + 1 == calls.endIndex || calls[end + 1].turn != calls[end].turn {
                rounds.append(Round(calls: calls[start...end]))
                start = end + 1
            }
            return rounds
        }
    }
}
