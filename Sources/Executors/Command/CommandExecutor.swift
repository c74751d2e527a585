internal import Core
internal import Engine
internal import Processes

/// Runs programs in the directory of their task: JSON on stdin, JSON or text on stdout.
struct CommandExecutor: Sendable {
    /// The longest pause between two attempts on a disk that refuses.
    private static let pauseMillisecondsMaximum: Int64 = 2_000

    let directories: TaskDirectories
    let sandbox: Sandbox

    func run(
        _ call: StepWork.Command, of work: StepWork, control: ProcessControl, live: LiveOutput
    ) async throws -> StepOutcome {
        if sandbox.isRefusing { throw Failure(.toolError, sandbox.sentence) }
        let directories = self.directories
        let (directory, home) = try await withPatience {
            (try directories.prepare(for: work, planFiles: call.planFiles), try directories.makeHome())
        }
        let spec = spec(for: call, of: work, in: directory)
        let outcome = try await directories.run(spec, home: home, control: control) { live.note($0, $1) }
        let trace = CommandTrace(outcome, spec, sandbox)
        switch outcome.reason {
        case .cancelled, .killed: return .stopped(trace: trace.json(withOutput: true))
        case .timeLimit: return .failed(work.timeout.failure, trace: trace.json(withOutput: true))
        case .outputLimit(let stream):
            let limit = "\(Limits.commandOutputBytesMaximum >> 20) MiB"
            return .failed(
                Failure(.validation, "The command wrote more than \(limit) to \(stream.rawValue)."),
                trace: trace.json(withOutput: true))
        case .ended: break
        }
        guard outcome.isSuccess else {
            return .failed(
                Failure(.toolError, trace.sentence),
                trace: trace.json(withOutput: true))
        }
        do {
            let files = try await withPatience { try directories.collect(call.outputFiles, in: directory) }
            return .completed(StepResult(output: trace.output, files: files, trace: trace.json(withOutput: false)))
        } catch let failure as Failure {
            return .failed(failure, trace: trace.json(withOutput: true))
        } catch is CancellationError {
            return .stopped(trace: trace.json(withOutput: true))
        }
    }

    private func spec(for call: StepWork.Command, of work: StepWork, in directory: String) -> ProcessSpec {
        var spec = ProcessSpec(
            arguments: call.arguments, directory: directory, environment: call.environment,
            stdin: call.stdin?.bytes ?? [], timeLimit: .milliseconds(work.timeout.milliseconds))
        spec.mark(as: work, idempotencyKey: work.idempotencyKey)
        spec.confine(by: sandbox, hasNetwork: call.hasNetwork)
        return spec
    }

    /// Works on files, again and again while the disk is full: a program that has done its work is not to fail, or to be
    /// run again, because its files do not fit right now.
    /// - Throws: What the body throws, but no lack of space; `CancellationError`.
    private func withPatience<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result
    {
        var pauseMilliseconds: Int64 = 50
        while true {
            do {
                return try await onOwnThread("files", body)
            } catch let error as SignalboxError where error.cause is LackOfSpace {
                try await Task.sleep(for: .milliseconds(pauseMilliseconds))
                pauseMilliseconds = min(pauseMilliseconds * 2, Self.pauseMillisecondsMaximum)
            }
        }
    }
}
