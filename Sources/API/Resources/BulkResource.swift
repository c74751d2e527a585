internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/tasks/bulk`: the same for many tasks.
struct BulkResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] {
        [
            Operation(
                .post, "/api/tasks/bulk", "changeTasks",
                "Reruns, cancels, kills or deletes many tasks, or lists only which are meant.",
                body: .json(.bulkRequest),
                answers: [.json("What became of each, or which are meant.", .bulkAnswer)],
                problems: [.notFound, .gone, .conflict]
            ) { try await answer(to: try BulkRequest(try $0.json())) }
        ]
    }

    private func answer(to asked: BulkRequest) async throws -> Response {
        var tasks: [TaskRow] = []
        switch asked.choice {
        case .tasks(let references):
            for reference in references { tasks.append(try await runtime.task(reference)) }
        case .filter(let filter): tasks = try await runtime.tasks(matching: filter)
        }
        if asked.isDryRun {
            return .json(["tasks": .array(tasks.map { $0.json(at: .now) }), "dry_run": true])
        }
        let results = try await runtime.bulk(
            asked.action, tasks, rerun: asked.rerun, by: runtime.configuration.user)
        return .json(["results": .array(results.map(\.json))])
    }
}

extension Runtime.BulkResult {
    fileprivate var json: JSON {
        var object: JSONObject = ["task": .int(task.rawValue), "done": .bool(error == nil)]
        object["created"] = created.map { .int($0.rawValue) }
        object["error"] = error.map { ["code": .string($0.code.rawValue), "detail": .string($0.message)] }
        return .object(object)
    }
}
