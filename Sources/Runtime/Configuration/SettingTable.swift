internal import Core
internal import Processes

/// All settings that have one value each: the one source for file, variables, command line, `doctor` and documents.
/// Retention by plan, providers, MCP servers and secrets have structures of their own.
public enum SettingTable: Sendable {
    /// In the order in which they are shown.
    public static let all: [SettingDefinition] = [
        SettingDefinition(
            "data", "the data directory; a data directory's own file cannot name one", .text, default: "",
            called: "~/.local/share/signalbox", isWritable: false),
        SettingDefinition(
            "port", "where the page and the API listen; 0 takes a free one", .integer(0...65_535), default: 7171),
        SettingDefinition("default_model", "for agents that name no model", .model, default: nil),
        SettingDefinition(
            "parallel_steps", "steps that run at the same time, over all tasks", .integer(Settings.parallelStepsRange),
            default: .int(Int64(RuntimeConfiguration.parallelStepsDefault))),
        SettingDefinition(
            "sandbox", "what confines commands", .choice(SandboxMode.allCases.map(\.rawValue)),
            default: .string(SandboxMode.auto.rawValue)),
        SettingDefinition(
            "private_hosts", "what files may be fetched from beside public addresses", .networks, default: nil),
        SettingDefinition(
            "user", "in whose name decisions are made", .user, default: "", called: "the name of the user"),
        SettingDefinition(
            "log_level", "what a server says to its operator, and what matters more",
            .choice(Log.Level.allCases.map(\.rawValue)), default: .string(Log.Level.info.rawValue)),
        SettingDefinition(
            "retention.days", "how long finished tasks are kept", .days(Settings.retentionDaysRange), default: nil),
        SettingDefinition(
            "max_duration", "how long a task may be active, in minutes", .integer(1...1_440),
            default: .int(agents.maxDurationMilliseconds / 60_000)),
        SettingDefinition(
            "turns", "requests to models in one run of an agent", .integer(1...Limits.agentCallsMaximum),
            default: .int(Int64(agents.turns))),
        SettingDefinition(
            "tool_calls", "calls of tools in one task, those of its children included",
            .integer(0...Limits.agentCallsMaximum),
            default: .int(Int64(agents.toolCalls))),
        SettingDefinition(
            "tokens", "tokens of one task", .limit(1...Int(Limits.planTokensMaximum)), default: nil),
        SettingDefinition("cost", "cost of one task in US dollars", .cost, default: nil),
        SettingDefinition(
            "thinking", "how much models think, when their agent does not say",
            .choice(ThinkingLevel.allCases.map(\.rawValue)), default: .string(agents.thinking.rawValue)),
        SettingDefinition(
            "loop_method", "what finds out that an agent goes round in circles",
            .choice(LoopMethod.allCases.map(\.rawValue)), default: .string(agents.loopMethod.rawValue)),
        SettingDefinition(
            "loop_repeats", "so many rounds of identical calls, or of failures, in a row are a loop", .integer(1...20),
            default: .int(Int64(agents.loopRepeats))),
        SettingDefinition(
            "loop_check_every", "after so many calls a model is asked whether they are a loop", .integer(1...50),
            default: .int(Int64(agents.loopCheckEvery))),
        SettingDefinition(
            "loop_model", "which model is asked", .model, default: nil, called: "the agent's own"),
        SettingDefinition(
            "secrets_key_file", "a file that holds the key of the stored secrets", .text, default: nil,
            called: "secrets.key in the data directory"),
    ]

    private static let agents = AgentSettings()

    /// The setting of that name.
    public static func named(_ name: String) -> SettingDefinition? { all.first { $0.name == name } }

    /// The setting of that name.
    /// - Throws: `SignalboxError` with code `invalid_input` that names the nearest one.
    public static func require(_ name: String) throws -> SettingDefinition {
        if let setting = named(name) { return setting }
        throw SignalboxError(
            .invalidInput, "There is no setting \"\(name.prefix(80))\".",
            hint: Suggestion.hint(for: name, among: all.map(\.name), called: "the settings are"))
    }

    /// The table as `docs/operations.md` shows it.
    public static var markdown: String {
        let head = "| setting | means | can be | default |\n|---|---|---|---|\n"
        return head
            + all.map { "| `\($0.name)` | \($0.meaning) | \($0.rule) | \($0.defaultText) |\n" }.joined()
    }
}
