internal import Core
internal import Engine
internal import Processes

/// Runs programs for tools: in the task's directory and the sandbox, beside other calls of the same run.
struct ToolProgram: Sendable {
    let directories: TaskDirectories
    let sandbox: Sandbox

    /// A program as a call wants it.
    struct Request: Sendable {
        /// The program first.
        var arguments: [String]
        var stdin: [UInt8] = []
        /// Paths of the plan's files that it needs.
        var planFiles: [String] = []
        var hasNetwork: Bool
        /// Nil for the default.
        var timeoutMilliseconds: Int64?
    }

    /// How it went.
    struct Run: Sendable {
        var outcome: ProcessOutcome
        var trace: CommandTrace
        /// Why it was ended before its end; nil when it was not.
        var interruption: String?

        var isSuccess: Bool { outcome.isSuccess }
    }

    /// Runs it to its end.
    /// - Throws: `SignalboxError` or `Failure` when it cannot be started, `CancellationError` when the run was stopped.
    func run(_ request: Request, in context: ToolContext) async throws -> Run {
        if sandbox.isRefusing { throw Failure(.toolError, sandbox.sentence) }
        let directories = self.directories
        let (directory, home) = try await onOwnThread("tool-files") {
            (try directories.prepare(for: context.work, planFiles: request.planFiles), try directories.makeHome())
        }
        let milliseconds = request.timeoutMilliseconds ?? Limits.toolProgramMillisecondsDefault
        var spec = ProcessSpec(
            arguments: request.arguments, directory: directory, stdin: request.stdin,
            timeLimit: .milliseconds(milliseconds))
        spec.mark(as: context.work, call: context.callID, idempotencyKey: context.idempotencyKey)
        spec.confine(by: sandbox, hasNetwork: request.hasNetwork)
        let outcome = try await context.control.withProcess { control in
            try await directories.run(spec, home: home, control: control) { context.live?.note($0, $1) }
        }
        let interruption: String?
        switch outcome.reason {
        case .cancelled, .killed: throw CancellationError()
        case .timeLimit:
            interruption = "It was ended, for it took longer than \(Double(milliseconds) / 1000) s."
        case .outputLimit(let stream):
            let limit = "\(Limits.commandOutputBytesMaximum >> 20) MiB"
            interruption = "It was ended, for it wrote more than \(limit) to \(stream.rawValue)."
        case .ended: interruption = nil
        }
        return Run(outcome: outcome, trace: CommandTrace(outcome, spec, sandbox), interruption: interruption)
    }
}
