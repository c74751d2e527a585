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
                "Reruns, retries, cancels, kills, deletes or tags many tasks, or lists only which are meant.",
                body: .json(.bulkRequest),
                answers: [.json("What became of each, or which are meant.", .bulkAnswer)],
                problems: [.notFound, .gone, .conflict, .preconditionFailed]
            ) { try await answer(to: try BulkRequest(try $0.json())) }
        ]
    }

    private func answer(to asked: BulkRequest) async throws -> Response {
        var tasks: [TaskRow] = []
        switch asked.choice {
        case .tasks(let references):
            var seen: Set<TaskNumber> = []
            for reference in references {
                // One task has many names: 7, "#7", its id.
                let task = try await runtime.task(reference)
                if seen.insert(task.number).inserted { tasks.append(task) }
            }
        case .filter(let filter): tasks = try await runtime.tasks(matching: filter)
        }
        let selection = Runtime.selection(of: tasks)
        try asked.expectation?.check(tasks.count, selection)
        var answer: JSONObject = ["count": .int(Int64(tasks.count)), "selection": .string(selection.rawValue)]
        if asked.isDryRun {
            answer["dry_run"] = true
            answer["tasks"] = .array(tasks.map { $0.json(at: .now) })
        } else {
            let results = try await runtime.bulk(
                asked.action, tasks, rerun: asked.rerun, tags: asked.tags, by: runtime.configuration.user)
            answer["results"] = .array(results.map(\.json))
        }
        return .json(.object(answer))
    }
}

extension BulkRequest.Expectation {
    /// - Throws: `SignalboxError` with code `precondition_failed` when it is not met.
    fileprivate func check(_ count: Int, _ selection: ContentHash) throws {
        let sentence: String? =
            switch self {
            case .count(let expected) where expected != count:
                "\(expected) tasks were expected, and these are \(count)."
            case .selection(let expected) where expected != selection: "These are not the tasks that were seen."
            default: nil
            }
        guard let sentence else { return }
        throw SignalboxError(
            .preconditionFailed, "\(sentence) Nothing was done.", hint: "Ask with dry_run once more, and decide anew.")
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
