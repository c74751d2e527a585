internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/tasks/{id}/runs/{run}/turns`: what a run of an agent asked, what was answered, and what it cost.
struct TurnsResource: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/api/tasks/{id}/runs/{run}/turns") { request in
            let task = try await runtime.task(request.pathParameter("id"))
            let query = try QueryReader(request.query, known: ["step", "turn"])
            let step = try await step(query.text("step"), of: task)
            let trace = try await runtime.trace(of: step, in: task)
            let run = try run(request.pathParameter("run"), of: trace, step)
            let turn = query.text("turn") == nil ? nil : try query.integer("turn", in: 1...1_000_000, default: 1)
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
