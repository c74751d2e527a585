internal import Client
internal import Core
internal import Runtime

/// How a verb that makes a task shows it: to its end, or not at all.
struct FollowOptions: Sendable {
    private static let detach = OptionSyntax.flag("--detach", "Start the task on a server and do not wait for its end")
    private static let wait = OptionSyntax.flag("--wait", "Follow the task to its end; this is the default")

    static let syntax = [detach, wait, OptionSyntax.json]

    let isDetached: Bool
    let isJSON: Bool

    init(_ arguments: ParsedArguments) throws {
        isDetached = arguments.has(Self.detach)
        isJSON = arguments.has(.json)
        guard !(isDetached && arguments.has(Self.wait)) else {
            throw SignalboxError(.invalidInput, "--detach and --wait say opposite things.")
        }
    }

    /// Refuses to leave a task without anything that would run it.
    func check(_ host: TaskHost) throws {
        guard isDetached, host.address == nil else { return }
        throw SignalboxError(
            .invalidInput, "--detach needs a server that the task can run on, and none serves the data directory.",
            hint: "Start one with `signalbox serve`, or leave --detach away.")
    }

    /// Shows the new task.
    func follow(_ task: TaskSummary, _ host: TaskHost, _ context: CommandContext) async throws -> ExitCode {
        let details = try await host.client.task(task.id)
        if isDetached {
            context.output.writeLine(isJSON ? details.json.prettyText : "\(host.address ?? "")\(task.path)")
            return .completed
        }
        return try await TaskFollower(host: host, context: context).followToEnd(
            details, as: ProgressDisplay.form(for: context), printsJSON: isJSON)
    }
}
