internal import Core
internal import Engine
internal import Plans
internal import Processes
internal import Providers

/// A program that a plan makes a tool: the arguments of a call are JSON on its stdin, what it writes is the result.
struct ProgramTool: Tool {
    private static let stderrBytesMaximum = 4 << 10

    private let options: ProgramToolOptions
    private let program: ToolProgram

    let isRepeatable = false

    init(_ options: ProgramToolOptions, program: ToolProgram) {
        self.options = options
        self.program = program
    }

    var declaration: ToolDeclaration {
        ToolDeclaration(name: options.name, summary: options.summary, parameters: options.parameters)
    }

    func call(_ arguments: JSONObject, in context: ToolContext) async throws -> ToolOutput {
        let run = try await program.run(
            ToolProgram.Request(
                arguments: options.arguments, stdin: JSON.object(arguments).bytes,
                planFiles: planFiles(of: context.work.plan), hasNetwork: options.hasNetwork,
                timeoutMilliseconds: options.timeoutMilliseconds),
            in: context)
        let trace = run.trace.json(withOutput: true)
        guard run.isSuccess else {
            var text = run.interruption ?? run.trace.sentence
            let said = ToolText.ends(of: run.outcome.stdout, maximum: Limits.toolTextBytesMaximum)
            if !said.isEmpty { text += "\nstdout:\n" + said }
            let stderr = ToolText.ends(of: run.outcome.stderr, maximum: Self.stderrBytesMaximum)
            if !stderr.isEmpty { text += (text.hasSuffix("\n") ? "" : "\n") + "stderr:\n" + stderr }
            return ToolOutput(
                [.text(text)], isError: true, trace: trace, isFromNetwork: true, source: options.name)
        }
        let text = ToolText.beginning(of: run.outcome.stdout)
        return ToolOutput(
            [.text(text)], value: run.trace.output, trace: trace, isFromNetwork: true, source: options.name)
    }

    /// Those the plan names, and those that an argument names by where they lie.
    private func planFiles(of plan: PlanSource) -> [String] {
        let named = options.arguments.compactMap { argument in
            argument.hasPrefix("plan/") ? String(argument.dropFirst("plan/".count)) : nil
        }
        return options.planFiles + named.filter { plan.files[$0] != nil && !options.planFiles.contains($0) }
    }
}
