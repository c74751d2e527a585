/// A program that runs in the task's directory.
public struct CommandDefinition: Sendable {
    /// Program and arguments; each a string when rendered. A plan's `command: "text"` becomes `/bin/sh -c text`.
    public var arguments: [TemplateValue]
    /// JSON for its stdin; nil for an empty one.
    public var stdin: TemplateValue?
    /// Environment variables beside the few that every command gets; strings when rendered.
    public var environment: [(name: String, value: TemplateValue)]
    /// Files of the plan that it finds under `plan/`, by their path relative to the plan.
    public var planFiles: [String]
    /// Patterns (`*` and `?`, relative to the task's directory) of files to keep as outputs.
    public var outputFiles: [String]
    /// Whether it may use the network.
    public var hasNetwork: Bool

    public init(
        arguments: [TemplateValue], stdin: TemplateValue?, environment: [(name: String, value: TemplateValue)],
        planFiles: [String], outputFiles: [String], hasNetwork: Bool
    ) {
        self.arguments = arguments
        self.stdin = stdin
        self.environment = environment
        self.planFiles = planFiles
        self.outputFiles = outputFiles
        self.hasNetwork = hasNetwork
    }
}
