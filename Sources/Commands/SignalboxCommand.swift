internal import Core
internal import Plans

/// The command line of Signalbox.
public enum SignalboxCommand: Sendable {
    /// Does what the arguments ask for.
    /// - Parameter arguments: without the program's own name.
    /// - Returns: the exit code: 0 completed, 1 failed, 2 bad use or input, 3 cancelled, 4 waits for a person,
    ///   69 the server cannot be reached.
    public static func run(_ arguments: [String], environment: [String: String]) async -> Int32 {
        let context = CommandContext(
            output: .standard, errors: .standardError, environment: environment,
            interrupts: Interrupts(isOfProcess: true))
        return await run(arguments, context).rawValue
    }

    static func run(_ arguments: [String], _ context: CommandContext) async -> ExitCode {
        let code = await call(arguments, context)
        // Who asked for an output and has not got all of it must not take the rest for done.
        guard let failure = context.output.failure else { return code }
        context.write(failure)
        return .failed
    }

    private static func call(_ arguments: [String], _ context: CommandContext) async -> ExitCode {
        do {
            switch try VerbTable.call(arguments) {
            case .verb(let verb): return try await verb.run(context)
            case .help(let syntax): context.output.write(Help.text(of: syntax))
            case .overview(let verbs): context.output.writeLine(Help.overview(verbs))
            }
            return .completed
        } catch {
            context.write(FollowUp(arguments).completed(error))
            return ExitCode(of: error)
        }
    }
}

extension CommandContext {
    /// Says to stderr what went wrong.
    func write(_ error: any Error) {
        let report = ErrorReport(style: style, showsSource: errors.isTerminal)
        var texts: [String: String?] = [:]
        let lines = report.lines(error) { path in
            if let known = texts[path] { return known }
            let text = Self.text(ofFile: path)
            texts[path] = .some(text)
            return text
        }
        for line in lines { errors.writeLine(line) }
    }

    /// The text of a file for an excerpt; nil when it cannot be had, for then the message alone must do.
    private static func text(ofFile path: String) -> String? {
        do {
            return String(decoding: try FileSystem.read(path, maximum: Limits.planBytesMaximum), as: UTF8.self)
        } catch {
            return nil
        }
    }
}
