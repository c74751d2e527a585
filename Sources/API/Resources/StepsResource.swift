internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/tasks/{id}/steps`: the steps of a task by where they stand, also those of a long loop.
struct StepsResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] { [list, get] }

    private static let container = Parameter.text(
        "in",
        "The path of a loop, a branch, an iteration or a path of a branch: what stands directly in it. Without it, what stands at the root."
    )
    private static let after = Parameter.text(
        "after", "The path of a step: the page begins behind it. It is `next` of the page before.")
    private static let isFailedOnly = Parameter<Bool>(
        name: "status", place: .query, summary: "Only those that have failed.", isRequired: false,
        schema: .word(["failed"])
    ) { text in
        guard let text else { return false }
        guard text == "failed" else {
            throw SignalboxError(
                .invalidInput, "Steps cannot be listed by the status \"\(text.prefix(40))\".", hint: "It can be failed."
            )
        }
        return true
    }
    private static let step = Parameter.path("step", "The path of the step, such as each/3/read.")

    private var list: Operation {
        Operation(
            .get, "/api/tasks/{id}/steps", "listSteps",
            "The steps that stand directly in one place of a task, in order: at its root, in a loop, an iteration, a branch or its path.",
            parameters: [Parameter.task, Self.container, Self.after, Self.isFailedOnly, Parameter.size],
            answers: [
                .json(
                    "A page of them.",
                    .object(
                        [
                            "task": .taskNumber,
                            "steps": .array(of: .step).saying(
                                "Those of the plan that have not begun too; of a loop the iterations that have begun. What was given and made is told by each of them alone."
                            ),
                            "total": .count.saying("How many there are on all pages."), "position": .position,
                        ],
                        optional: [
                            "in": .text, "next": .text.saying("For `after`, if there is a next page."),
                        ]))
            ], problems: [.notFound, .gone]
        ) { call in
            let task = try await runtime.task(try call[.task])
            let container = try call[Self.container].map(StepPath.init(rawValue:))
            let page = try await runtime.steps(
                of: task, in: container, after: try call[Self.after].map(StepPath.init(rawValue:)),
                isFailedOnly: try call[Self.isFailedOnly], size: try call[.size])
            let now = Timestamp.now
            var answer: JSONObject = ["task": .int(task.number.rawValue)]
            answer["in"] = container.map { .string($0.rawValue) }
            answer["steps"] = .array(page.steps.map { $0.json(at: now) })
            answer["total"] = .int(Int64(page.total))
            answer["next"] = page.next.map { .string($0.rawValue) }
            // The task was read first: who listens from there on misses nothing.
            answer["position"] = .int(task.position.rawValue)
            return .json(.object(answer))
        }
    }

    private var get: Operation {
        Operation(
            .get, "/api/tasks/{id}/steps/{step...}", "getStep",
            "A step with all it was given and has made, and its runs.", parameters: [Parameter.task, Self.step],
            answers: [
                .json(
                    "The step.",
                    .object(
                        ["task": .taskNumber, "step": .step, "runs": .array(of: .stepRun)],
                        optional: [
                            "is_cut_off": .isTrue.saying("What it did last may be missing: it has done too much.")
                        ]))
            ], problems: [.notFound, .gone]
        ) { call in
            let task = try await runtime.task(try call[.task])
            let record = try await runtime.step(StepPath(rawValue: try call[Self.step]), of: task)
            var answer: JSONObject = [
                "task": .int(task.number.rawValue), "step": record.step.json(at: .now),
                "runs": .array(record.runs.map(\.json)),
            ]
            answer["is_cut_off"] = record.isCutOff ? true : nil
            return .json(.object(answer))
        }
    }
}

extension StepRun {
    fileprivate var json: JSON {
        var object: JSONObject = ["run": .int(Int64(number.rawValue))]
        object["started"] = started.map { .string($0.rfc3339) } ?? .null
        object["ended"] = ended.map { .string($0.rfc3339) } ?? .null
        object["ending"] = ending.map { .string($0.rawValue) }
        object["failure"] = failure.map { ["cause": .string($0.cause.rawValue), "message": .string($0.message)] }
        return .object(object)
    }
}
