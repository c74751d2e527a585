internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// The page of one turn of an agent.
struct TurnPages: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/tasks/{number}/steps/{step}/runs/{run}/turns/{turn}") { request in
            .page(TurnPage.document(try await view(request)))
        }
    }

    private func view(_ request: Request) async throws -> TurnPageView {
        let task = try await runtime.task(request.pathParameter("number"))
        let step = StepPath(rawValue: request.pathParameter("step"))
        let trace = try await runtime.trace(of: step, in: task)
        let name = request.pathParameter("run")
        guard let run = Int(name).flatMap({ trace.run(RunNumber(rawValue: $0)) }) else {
            throw SignalboxError(
                .notFound, "Step \"\(step)\" of task \(task.number) has no run \"\(name.prefix(20))\".")
        }
        let number = request.pathParameter("turn")
        guard let turn = Int(number).flatMap({ run.turn($0) }) else {
            throw SignalboxError(
                .notFound,
                "Run \(run.run) of step \"\(step)\" has no turn \"\(number.prefix(20))\"; it has \(run.turns.count).")
        }
        let address = RunAddress(task: task.number, step: step, run: run.run)
        return TurnPageView(
            address: address, taskName: task.name, at: turn.at, turn: TurnView(turn, of: address),
            turns: run.turns.map(\.number), runs: trace.runs.map(\.run),
            request: ModelRequestView(turn, known: run.knownMessages(of: turn), of: address),
            response: turn.turn.response, showsWhole: request.query["request"] == "whole",
            approvals: try await runtime.openRequestCount(), now: .now)
    }
}
