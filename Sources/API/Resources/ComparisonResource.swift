internal import Core
internal import HTTPServer
internal import Runtime

/// Two tasks beside each other, step by step.
struct ComparisonResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] { [withLastGood, withOther] }

    private static let other = Parameter.path("other", "The number or the id of the other task.")

    private var withLastGood: Operation {
        Operation(
            .get, "/api/tasks/{id}/compare", "compareTask",
            "The last task of the same plan that completed, and this one.", parameters: [Parameter.task],
            answers: [.json("What differs.", .comparison)], problems: [.notFound, .gone]
        ) { call in
            let task = try await runtime.task(try call[.task])
            // The last good one is what the task is measured by.
            let good = try await runtime.defaultComparison(of: task)
            return .json(try await runtime.compare(good, task).json(at: .now))
        }
    }

    private var withOther: Operation {
        Operation(
            .get, "/api/tasks/{id}/compare/{other}", "compareTasks", "This task and another one.",
            parameters: [Parameter.task, Self.other], answers: [.json("What differs.", .comparison)],
            problems: [.notFound, .gone]
        ) { call in
            let task = try await runtime.task(try call[.task])
            let other = try await runtime.task(try call[Self.other])
            return .json(try await runtime.compare(task, other).json(at: .now))
        }
    }
}
