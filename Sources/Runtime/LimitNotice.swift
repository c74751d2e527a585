internal import Core
internal import Engine
internal import Plans

/// What is said of limits that were asked for and that the settings do not allow.
enum LimitNotice: Sendable {
    /// A sentence for each that became narrower.
    /// - Parameter limits: those that were asked for with the task.
    static func sentences(_ limits: TaskLimits, plan: Plan, settings: AgentSettings) -> [String] {
        let asked = limits.overriding(TaskLimits(plan.limits))
        var sentences: [String] = []
        func note<Value: Comparable>(
            _ name: String, _ wanted: Value?, _ allowed: Value?, of setting: String, _ text: (Value) -> String
        ) {
            guard let wanted, let allowed, wanted > allowed else { return }
            sentences.append(
                "The limit on \(name) is \(text(allowed)), as the setting \(setting) says, and not \(text(wanted)).")
        }
        func words(_ milliseconds: Int64) -> String {
            milliseconds % 60_000 == 0 ? "\(milliseconds / 60_000) minutes" : "\(milliseconds / 1000) seconds"
        }
        note(
            "duration", asked.durationMilliseconds, settings.maxDurationMilliseconds, of: "max_duration", words)
        note("tokens", asked.tokens, settings.tokens, of: "tokens") { $0.grouped }
        note("cost", asked.cost, settings.cost, of: "cost") { "\($0) US dollars" }
        note("tool calls", asked.toolCalls, settings.toolCalls, of: "tool_calls") { Int64($0).grouped }
        note("turns", asked.turns, settings.turns, of: "turns") { Int64($0).grouped }
        for agent in plan.agents where asked.turns == nil {
            let name = "turns of the agent \"\(agent.name)\""
            note(name, agent.limits.turns, settings.turns, of: "turns") { Int64($0).grouped }
        }
        return sentences
    }
}
