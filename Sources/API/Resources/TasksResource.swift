internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/tasks`
struct TasksResource: Sendable {
    let runtime: Runtime
    let answers: KeptAnswers

    var operations: [Operation] {
        [
            create, list, get, label,
            // What people do to a task that is there is in the name of the local user.
            change("cancel", "cancelTask", "Tells the steps under way to stop, and ends the task.") {
                try await runtime.cancel($0, by: runtime.configuration.user)
            },
            change("kill", "killTask", "Ends the task and its children at once.") {
                try await runtime.kill($0, by: runtime.configuration.user)
            },
            change("retry", "retryTask", "Lets a failed task go on: what failed runs again.") {
                try await runtime.retry($0, by: runtime.configuration.user)
            },
        ]
    }

    private var create: Operation {
        Operation(
            .post, "/api/tasks", "createTask",
            "Creates a task of a saved plan, of a plan in the request, or of free instructions.",
            parameters: [Parameter.idempotencyKey], body: .json(.taskRequest), answers: Answer.receipts,
            problems: [.notFound, .gone, .conflict, .invalidPlan, .expression]
        ) { call in
            let request = try TaskRequest(try call.json(), idempotencyKey: try call[.idempotencyKey])
            return try await runtime.answer(to: try await runtime.submit(request))
        }
    }

    private var list: Operation {
        Operation(
            .get, "/api/tasks", "listTasks", "Tasks that fit all filters, the newest first or in another order.",
            parameters: ListParameters.filters + [
                ListParameters.search, ListParameters.sort, Parameter.page, Parameter.size, ListParameters.cursor,
            ],
            answers: [
                .json(
                    "A page of them.",
                    .object(
                        [
                            "tasks": .array(of: .task), "total": .count,
                            "is_total_exact": .boolean.saying("False when there are more than `total`."),
                            "position": .position,
                        ], optional: ["next": .text.saying("The cursor of the next part, if there is one.")]))
            ]
        ) { call in
            try await answers.answer(to: call.request) {
                let now = Timestamp.now
                let query = try TaskQuery(call, now: now)
                let page = try await runtime.tasks(query)
                var answer: JSONObject = [
                    "tasks": .array(page.tasks.map { $0.json(at: now) }), "total": .int(Int64(page.total)),
                    "is_total_exact": .bool(page.isTotalExact), "position": .int(page.position.rawValue),
                ]
                answer["next"] = page.next.map { .string($0.text) }
                // The rules of a time zone are the system's, which may bring them up to date.
                let isLasting = page.isLasting(in: query.sort) && call.request.query[ListParameters.zone.name] == nil
                return KeptAnswers.Made(response: .json(.object(answer)), scope: isLasting ? .all : nil)
            }
        }
    }

    private var get: Operation {
        Operation(
            .get, "/api/tasks/{id}", "getTask", "A task with its steps and all it was given and has made.",
            parameters: [Parameter.task], answers: [.json("The task.", .taskDetail).withLabelVersion],
            problems: [.notFound, .gone]
        ) { call in
            try await answers.answer(to: call.request) {
                let task = try await runtime.task(try call[.task])
                let detail = try await runtime.detail(of: task, contentBytesMaximum: Limits.answerBytesMaximum)
                return KeptAnswers.Made(
                    response: .json(try detail.json(at: .now)).of(version: task.labels.version),
                    scope: detail.isLasting ? .task(task.number) : nil)
            }
        }
    }

    private var label: Operation {
        Operation(
            .patch, "/api/tasks/{id}", "labelTask", "Gives a task another name or other tags, whatever its status is.",
            parameters: [Parameter.task, Parameter.ifMatch], body: .json(.labelRequest),
            answers: [.json("The task as it is now.", .task).withLabelVersion],
            problems: [.notFound, .gone, .preconditionFailed]
        ) { call in
            let task = try await runtime.task(try call[.task])
            let asked = try LabelRequest(try call.json())
            try await runtime.label(
                task.number, name: asked.name, tags: asked.tags, if: try call.versionCondition(),
                by: runtime.configuration.user)
            let labelled = try await runtime.task(task.id.rawValue)
            return .json(labelled.json(at: .now)).of(version: labelled.labels.version)
        }
    }

    private func change(
        _ verb: String, _ id: String, _ summary: String, _ body: @escaping @Sendable (TaskNumber) async throws -> Void
    ) -> Operation {
        Operation(
            .post, "/api/tasks/{id}/" + verb, id, summary, parameters: [Parameter.task],
            answers: [.json("The task as it is now.", .task, status: .accepted)],
            problems: [.notFound, .gone, .conflict]
        ) { call in
            let task = try await runtime.task(try call[.task])
            try await body(task.number)
            return .json(try await runtime.task(task.id.rawValue).json(at: .now), status: .accepted)
        }
    }
}

extension TaskRow {
    /// By what people know it.
    fileprivate var labels: TaskLabels { TaskLabels(name: name, tags: tags) }
}

extension Answer {
    /// The same, with the version of what can be edited of a task.
    fileprivate var withLabelVersion: Answer {
        var answer = self
        answer.headers.append(("ETag", "The version of its name and tags, for `If-Match`; all else changes by itself."))
        return answer
    }
}
