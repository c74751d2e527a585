internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/tasks/{id}/runs/{run}/turns`: what a run of an agent asked, what was answered, and what it cost.
struct TurnsResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] { [list] }

    private static let run = Parameter.path("run", "The number of a run, or `latest`.")
    private static let step = Parameter.text(
        "step", "The path of the step; where only one asked a model, that is meant.")
    private static let turn = Parameter.integer("turn", 1...1_000_000, "Only this turn.")

    private var list: Operation {
        Operation(
            .get, "/api/tasks/{id}/runs/{run}/turns", "listTurns",
            "What a run of an agent asked, what was answered, and what it cost.",
            parameters: [Parameter.task, Self.run, Self.step, Self.turn],
            answers: [.json("The run with its turns.", .run)], problems: [.notFound, .gone]
        ) { call in
            let task = try await runtime.task(try call[.task])
            let step = try await step(try call[Self.step], of: task)
            let trace = try await runtime.trace(of: step, in: task)
            let run = try run(try call[Self.run], of: trace, step)
            let turn = try call[Self.turn]
            if let turn, !run.turns.contains(where: { $0.number == turn }) {
                throw SignalboxError(
                    .notFound, "Run \(run.run) of step \"\(step)\" has no turn \(turn); it has \(run.turns.count).")
            }
            return .json(run.json(of: step, in: task.number, runs: trace.runs.map(\.run), turn: turn))
        }
    }

    /// The step that is meant: where only one has asked a model, it need not be named.
    private func step(_ name: String?, of task: TaskRow) async throws -> StepPath {
        if let name { return StepPath(rawValue: name) }
        let steps = try await runtime.tracedSteps(of: task)
        if steps.count == 1, let step = steps.first { return step }
        guard !steps.isEmpty else {
            throw SignalboxError(.notFound, "No step of task \(task.number) has asked a model.")
        }
        let names = steps.prefix(20).map(\.rawValue).joined(separator: ", ")
        throw SignalboxError(
            .invalidInput, "Task \(task.number) has \(steps.count) steps that have asked a model: name one.",
            hint: "They are \(names)\(steps.count > 20 ? " and more" : "").")
    }

    private func run(_ name: String, of trace: StepTrace, _ step: StepPath) throws -> RunTrace {
        let meant = name == "latest" ? trace.runs.last : Int(name).flatMap { trace.run(RunNumber(rawValue: $0)) }
        guard let meant else {
            let known = trace.runs.map(\.run.description).joined(separator: ", ")
            throw SignalboxError(
                .notFound, "Step \"\(step)\" has no run \"\(name.prefix(20))\".",
                hint: "It has \(known); `latest` is the last of them.")
        }
        return meant
    }
}
