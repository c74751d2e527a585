internal import Core
internal import Engine
internal import Plans
internal import Processes
internal import Providers

/// Runs any program that a model asks for, in the sandbox.
struct CommandTool: Tool {
    private static let stderrBytesMaximum = Limits.toolTextBytesMaximum / 4

    private let options: CommandToolOptions
    private let program: ToolProgram

    let declaration: ToolDeclaration
    let isRepeatable = false

    init(_ options: CommandToolOptions, program: ToolProgram) {
        self.options = options
        self.program = program
        declaration = ToolDeclaration(
            name: "command", summary: Self.summary(options), parameters: ToolParameters.command(options))
    }

    func call(_ arguments: JSONObject, in context: ToolContext) async throws -> ToolOutput {
        let arguments = ToolArguments(arguments)
        let line = try commandLine(arguments)
        if program.sandbox.name == "process group", !options.isUnconfinedAllowed {
            throw Failure(
                .toolError,
                "No program is run for an agent outside of a sandbox. \(program.sandbox.sentence) Install bubblewrap, or "
                    + "allow it in the plan.")
        }
        let run = try await program.run(
            ToolProgram.Request(
                arguments: line, stdin: Array((try arguments.optionalText("stdin") ?? "").utf8),
                hasNetwork: options.hasNetwork, timeoutMilliseconds: options.timeoutMilliseconds),
            in: context)
        return output(of: run, line)
    }

    private func commandLine(_ arguments: ToolArguments) throws -> [String] {
        let list = try arguments.texts("arguments")
        let line = options.isShellAllowed ? try arguments.optionalText("shell") : nil
        switch (list, line) {
        case (let list?, nil) where !list.isEmpty: return list
        case (nil, let line?) where !line.isEmpty: return ["/bin/sh", "-c", line]
        default:
            throw SignalboxError(
                .invalidInput,
                options.isShellAllowed
                    ? "Either \"arguments\" or \"shell\" must say what to run." : "\"arguments\" must say what to run.",
                hint: "Write the program and its arguments, such as [\"sort\", \"in/names.txt\"].")
        }
    }

    private func output(of run: ToolProgram.Run, _ line: [String]) -> ToolOutput {
        let outcome = run.outcome
        var value: JSONObject = [
            "stdout": .string(String(decoding: outcome.stdout, as: UTF8.self)),
            "stderr": .string(String(decoding: outcome.stderr, as: UTF8.self)),
        ]
        var head: String
        switch outcome.ending {
        case .exited(let code):
            value["exit_code"] = .int(Int64(code))
            head = "Exit code \(code)."
        case .signalled(let signal):
            value["signal"] = .int(Int64(signal))
            head = "Ended by signal \(signal)."
        }
        if let interruption = run.interruption {
            head = interruption
        } else if !run.isSuccess {
            head += " " + run.trace.sentence
        }
        let stdout = ToolText.ends(of: outcome.stdout, maximum: Limits.toolTextBytesMaximum)
        let stderr = ToolText.ends(of: outcome.stderr, maximum: Self.stderrBytesMaximum)
        var text = head
        if !stdout.isEmpty { text += "\nstdout:\n" + stdout }
        if !stderr.isEmpty { text += (text.hasSuffix("\n") ? "" : "\n") + "stderr:\n" + stderr }
        return ToolOutput(
            [.text(text)], isError: !run.isSuccess, value: .object(value), trace: run.trace.json(withOutput: true),
            isFromNetwork: true, source: line.first)
    }

    private static func summary(_ options: CommandToolOptions) -> String {
        let seconds = (options.timeoutMilliseconds ?? Limits.toolProgramMillisecondsDefault) / 1000
        return """
            Runs a program in the task's directory and returns exit code, stdout and stderr. Files that the task was given \
            lie under in/. It writes to that directory only, has \(options.hasNetwork ? "the" : "no") network, and \
            \(seconds) s. No shell takes part\(options.isShellAllowed ? " unless \"shell\" is used" : "").
            """
    }
}
