internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// What is done with a task once more: rerun, restart, preview; and its deletion.
struct AgainResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] {
        let comparisons = ComparisonResource(runtime: runtime).operations
        return [rerun, restart, preview] + comparisons + [delete]
    }

    /// Outputs that are changed by hand may be as large as those of steps.
    private static let restartBody = RequestBody.optionalJSON(
        .restartRequest, bytesMaximum: Limits.payloadBytesMaximum)

    private static let problems: [SignalboxError.Code] = [.notFound, .gone, .conflict, .invalidPlan, .expression]

    private var rerun: Operation {
        Operation(
            .post, "/api/tasks/{id}/rerun", "rerunTask", "Runs a task again: all of it, or all from a step on.",
            parameters: [Parameter.task, Parameter.idempotencyKey], body: .optionalJSON(.rerunRequest),
            answers: Answer.receipts, problems: Self.problems
        ) { call in
            let task = try await runtime.task(try call[.task])
            let asked = try AgainRequest.rerun(try call.json(), idempotencyKey: try call[.idempotencyKey])
            return try await runtime.answer(to: try await runtime.rerun(task, asked))
        }
    }

    private var restart: Operation {
        Operation(
            .post, "/api/tasks/{id}/restart", "restartTask",
            "Runs a task that has ended with changes, and of it only what they touch.",
            parameters: [Parameter.task, Parameter.idempotencyKey], body: Self.restartBody, answers: Answer.receipts,
            problems: Self.problems
        ) { call in
            let task = try await runtime.task(try call[.task])
            let asked = try AgainRequest.restart(try call.json(), idempotencyKey: try call[.idempotencyKey])
            return try await runtime.answer(to: try await runtime.restart(task, asked))
        }
    }

    private var preview: Operation {
        Operation(
            .post, "/api/tasks/{id}/preview", "previewRestart",
            "What a restart would take over and what it would run; nothing is started.", parameters: [Parameter.task],
            body: Self.restartBody, answers: [.json("What would happen.", .preview)], problems: Self.problems
        ) { call in
            let task = try await runtime.task(try call[.task])
            let asked = try AgainRequest.restart(try call.json(), idempotencyKey: nil)
            return .json(try await runtime.preview(task, asked).json)
        }
    }

    private var delete: Operation {
        Operation(
            .delete, "/api/tasks/{id}", "deleteTask", "Deletes a task that has ended, its events and its own files.",
            parameters: [Parameter.task], answers: [.json("What stays of it.", .tombstone)],
            problems: [.notFound, .gone, .conflict]
        ) { call in
            let task = try await runtime.task(try call[.task])
            try await runtime.delete(task.number, by: runtime.configuration.user)
            guard let tombstone = try await runtime.store.tombstone(task.number) else {
                throw SignalboxError(.storage, "Task \(task.number) was deleted and has no tombstone.")
            }
            return .json(tombstone.json)
        }
    }
}
