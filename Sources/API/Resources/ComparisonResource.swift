internal import Core
internal import HTTPServer
internal import Runtime

/// Two tasks beside each other, step by step.
struct ComparisonResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] { [withLastGood, withOther] }

    private static let other = Parameter.path("other", "The number or the id of the other task.")
    private static let loop = Parameter<String?>.text(
        "loop", "The path of a loop: only iterations of it, and what stands in them.")
    private static let after = Parameter<Int?>.integer(
        "after", 0...Int64(Limits.iterationsMaximum), "With `loop`: only iterations behind the one of that number.")

    private func part(_ call: Call) throws -> ComparedPart? {
        let after = try call[Self.after]
        guard let loop = try call[Self.loop], !loop.isEmpty else {
            guard after == nil else {
                throw SignalboxError(
                    .invalidInput, "The parameter \"after\" needs \"loop\": the loop whose iterations are meant.")
            }
            return nil
        }
        return ComparedPart(loop: StepPath(rawValue: loop), after: after)
    }

    private var withLastGood: Operation {
        Operation(
            .get, "/api/tasks/{id}/compare", "compareTask",
            "The last task of the same plan that completed, and this one.",
            parameters: [Parameter.task, Self.loop, Self.after],
            answers: [.json("What differs.", .comparison)], problems: [.notFound, .gone]
        ) { call in
            let task = try await runtime.task(try call[.task])
            // The last good one is what the task is measured by.
            let good = try await runtime.defaultComparison(of: task)
            return .json(try await runtime.compare(good, task, part: try part(call)).json(at: .now))
        }
    }

    private var withOther: Operation {
        Operation(
            .get, "/api/tasks/{id}/compare/{other}", "compareTasks", "This task and another one.",
            parameters: [Parameter.task, Self.other, Self.loop, Self.after],
            answers: [.json("What differs.", .comparison)],
            problems: [.notFound, .gone]
        ) { call in
            let task = try await runtime.task(try call[.task])
            let other = try await runtime.task(try call[Self.other])
            return .json(try await runtime.compare(task, other, part: try part(call)).json(at: .now))
        }
    }
}
