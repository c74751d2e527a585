import Core
import Engine
import Testing

extension Scenario {
    /// Somebody sets the clock forwards while a step runs.
    static let clock = Scenario(
        name: "clock",
        plan: "name: clock\nsteps: { a: { command: [x] }, b: { command: [x], needs: [a] } }\n"
    ) { stage in
        try stage.start("a")
        try stage.handle(SkipTime(milliseconds: 7_200_000), after: 7_201_000)
        try stage.finish("a", .completed(StepResult(output: 1)))
        try stage.run("b", 2)
    }

    static func child(_ number: Int64) throws -> ChildTask {
        ChildTask(
            number: TaskNumber(rawValue: number), id: try #require(TaskID(rawValue: "01arz3ndektsv4rrffq69g5fax")),
            planName: "vat", planHash: ContentHash(of: Array("vat".utf8)))
    }

    /// A child that fails, and another one in its place; the task waits to be admitted.
    static let children = Scenario(
        name: "children",
        plan: """
            name: children
            inputs: { n: integer, who: string }
            concurrency: 1
            steps: { vat: { task: vat, inputs: { net: "${{ inputs.n }}" }, retry: { max: 1, backoff: 5s } } }
            outputs: { gross: "${{ steps.vat.output.gross }}" }
            """,
        origin: {
            $0.concurrency = ConcurrencyGroup(key: "children", maximum: 1)
            $0.priority = 3
        }
    ) { stage in
        let step = StepPath(rawValue: "vat")
        let spending = Spending(modelCalls: 1, usage: TokenUsage(input: 30, output: 3), cost: Money(rawValue: 9))
        try stage.handle(Admit())
        try stage.handle(ChildStarted(step, RunNumber(rawValue: 1), try child(8)), after: 0)
        try stage.handle(
            ChildEnded(
                step, RunNumber(rawValue: 1), try child(8), .failed(Failure(.agent, "It gave up.")), spending: spending)
        )
        try stage.wakeUp()
        try stage.handle(ChildStarted(step, RunNumber(rawValue: 2), try child(9)), after: 0)
        try stage.handle(
            ChildEnded(
                step, RunNumber(rawValue: 2), try child(9), .completed(outputs: ["gross": 3.57]), spending: spending))
    }

    /// A child whose limits a person raises, and with them those of the task.
    static let raise = Scenario(
        name: "raised-limits",
        plan: """
            name: raised-limits
            limits: { tokens: 5000, cost: "0.50" }
            steps: { vat: { task: vat } }
            """
    ) { stage in
        let step = StepPath(rawValue: "vat")
        try stage.handle(ChildStarted(step, RunNumber(rawValue: 1), try child(8)), after: 0)
        let limits = TaskLimits(tokens: 9_000, cost: Money(rawValue: 700_000_000), toolCalls: 400)
        try stage.handle(RaiseForChild(TaskNumber(rawValue: 8), limits, by: "ada"))
        try stage.handle(
            ChildEnded(
                step, RunNumber(rawValue: 1), try child(8), .completed(outputs: [:]),
                spending: Spending(modelCalls: 2, usage: TokenUsage(input: 8_000), cost: Money(rawValue: 600_000_000))))
    }

    /// A task that takes over what an earlier one has done.
    static let reuse = Scenario(
        name: "reuse",
        plan: """
            name: reuse
            agents: { w: { model: test/m } }
            steps:
              a: { command: [x] }
              each: { for_each: [1, 2], steps: { go: { command: [x] } } }
              pick:
                branch: { left: { steps: { go: { set: { n: 1 } } } }, right: { steps: { go: { set: { n: 2 } } } } }
                choose: { agent: w, prompt: Which? }
              talk: { agent: w, prompt: Hi. }
            outputs: { all: ["${{ steps.a.output }}", "${{ steps.each.output }}", "${{ steps.pick.output.n }}"] }
            """,
        origin: { origin in
            origin.rerun = RerunLink(task: TaskNumber(rawValue: 3), step: StepPath(rawValue: "talk"), isEdited: true)
            let contents: [(String, Reuse.Content)] = [
                ("a", .result(StepResult(output: "kept"))), ("each/0", .result(StepResult(output: ["n": 1]))),
                ("pick", .choice("right")),
                ("talk", .conversation([ConversationMessage(speaker: .model, text: "So far")])),
            ]
            for (path, content) in contents {
                origin.reuse[StepPath(rawValue: path)] = Reuse(
                    task: TaskNumber(rawValue: 3), content: content, savedMilliseconds: 40,
                    savedCost: Money(rawValue: 5))
            }
        }
    ) { stage in
        try stage.run("each/1/go", ["n": 2])
        try stage.start("talk")
        try stage.turn("talk", says: "And on.")
        try stage.finish("talk", .completed(StepResult(output: "And on.")))
    }

    /// A task that is killed, goes on, and is cancelled.
    static let ends = Scenario(
        name: "kill-and-cancel",
        plan: """
            name: ends
            steps:
              a: { for_each: [1, 2], concurrency: 2, steps: { go: { command: [x] } } }
              b: { wait: 1h }
            """
    ) { stage in
        try stage.start("a/0/go")
        try stage.handle(Kill(by: "ada"))
        try stage.handle(RetryTask(by: "ada"))
        try stage.start("a/0/go")
        try stage.handle(Cancel(by: "ben"))
        try stage.finish("a/0/go", run: 2, .stopped())
    }

    /// A task that gets another name and other tags while it runs and after its end.
    static let labels = Scenario(
        name: "labels", plan: "name: labels\nsteps: { a: { command: [x] }, b: { command: [x], needs: [a] } }\n"
    ) { stage in
        try stage.start("a")
        try stage.handle(LabelTask(name: "June", tags: .set(["x", "red"]), by: "ada"))
        try stage.finish("a", .completed(StepResult(output: 1)))
        try stage.run("b", 2)
        try stage.handle(LabelTask(name: "July", tags: .change(adding: ["blue"], removing: ["x"])))
    }

    /// A task of an app.
    static let app = Scenario(
        name: "app",
        plan: """
            name: app
            inputs: { n: integer, who: string }
            steps: { a: { command: [x, "${{ inputs.who }}"] } }
            """,
        origin: { origin in (origin.source, origin.app) = (.app, "greeting") }
    ) { stage in try stage.run("a", "Hello") }
}
