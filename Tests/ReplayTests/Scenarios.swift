import Core
import Engine

extension Scenario {
    static let all =
        [
            loops, people, crashes, time, children, reuse, ends, agents, questions, sizedRequests, lostCalls, raise,
            clock,
            labels,
            app,
        ] + inDollars

    /// The same as those that were recorded when events told amounts in nano-dollars.
    private static let inDollars = [agents, reuse, lostCalls].map { earlier in
        Scenario(
            name: earlier.name + "-in-dollars", plan: earlier.plan, origin: earlier.origin, script: earlier.script)
    }

    /// Loops in loops, branches, retries, an iteration that may fail.
    static let loops = Scenario(
        name: "loops-and-branches",
        plan: """
            name: loops
            inputs: { n: integer, who: string }
            agents: { clerk: { model: test/m } }
            steps:
              rows:
                for_each: [1, 2]
                concurrency: 2
                on_item_error: continue
                steps:
                  cells: { for_each: { times: 2 }, steps: { go: { command: [x, "${{ index }}"] } } }
              twice: { for_each: { while: index < 2, max_iterations: 5 }, steps: { s: { set: { i: "${{ index }}" } } } }
              size:
                branch: { large: { when: inputs.n > 2, steps: { s: { set: { is: large } } } } }
                otherwise: { steps: { s: { set: { is: small } } } }
              pick:
                needs: [rows]
                branch: { left: { steps: { go: { command: [x] } } }, right: { steps: { go: { command: [x] } } } }
                choose: { agent: clerk, prompt: Which? }
              never: { set: { n: 1 }, if: inputs.n > 100 }
            outputs: { rows: "${{ steps.rows.output }}", size: "${{ steps.size.output.is }}" }
            """
    ) { stage in
        try stage.run("rows/0/cells/0/go", 1)
        try stage.fail("rows/1/cells/0/go")
        try stage.run("rows/0/cells/1/go", ["two": 2])
        try stage.start("pick")
        try stage.turn("pick", says: "left")
        try stage.finish("pick", .completed(StepResult(output: ["path": "left", "reason": "It is near."])))
        try stage.run("pick/left/go", "done")
    }

    /// All that people are asked, and what they answer.
    static let people = Scenario(
        name: "people",
        plan: """
            name: people
            agents: { w: { model: test/m } }
            limits: { tokens: 4000 }
            steps:
              ask: { approval: { title: Go?, proposal: { sum: 5 }, expires: 2d, on_expiry: reject } }
              send: { command: [send, "5"], consent: true, needs: [ask] }
              refused: { command: [burn], consent: true, needs: [ask] }
              write: { agent: w, prompt: Write., review: true, needs: [send] }
            outputs: { text: "${{ steps.write.output }}", ask: "${{ steps.ask.output }}" }
            """
    ) { stage in
        try stage.decide(1, .approve, edits: ["sum": 7], feedback: "less would do")
        try stage.start("send")
        try stage.start("refused")
        try stage.decide(2, .approve, edits: ["arguments": ["send", "7"]])
        try stage.decide(3, .reject, feedback: "never burn")
        try stage.run("send", "sent")
        try stage.start("write")
        try stage.decide(4, .approve, edits: ["tokens": 90_000])
        try stage.start("write")
        try stage.turn("write", says: "In which tongue?")
        try stage.finish("write", .question("In which tongue?"))
        try stage.decide(5, .approve, edits: "Latin")
        try stage.start("write")
        try stage.turn("write", says: "Salve")
        try stage.finish("write", .completed(StepResult(output: "Salve")))
        try stage.decide(6, .retry, feedback: "longer")
        try stage.start("write")
        try stage.turn("write", run: 2, says: "Salvete omnes")
        try stage.finish("write", run: 2, .completed(StepResult(output: "Salvete omnes")))
        try stage.decide(7, .approve)
    }

    /// What a crash interrupts, what is in doubt, and a retry of the whole.
    static let crashes = Scenario(
        name: "crashes-and-retry",
        plan: """
            name: crashes
            steps:
              again: { command: [x], repeatable: true }
              once: { command: [pay] }
              last: { command: [x], needs: [again, once] }
            """
    ) { stage in
        try stage.start("again")
        try stage.start("once")
        try stage.crash()
        try stage.handle(NoteCapacity(StepPath(rawValue: "again"), sentence: "64 steps run."))
        try stage.crash()
        try stage.run("again", run: 2, "ok")
        try stage.decide(1, .approve, edits: ["output": "paid"])
        try stage.fail("last", .timeout)
        try stage.handle(RetryTask(by: "ada"))
        try stage.run("last", run: 2, "done")
    }

    /// Waits, signals, backoff and timeouts.
    static let time = Scenario(
        name: "time",
        plan: """
            name: time
            steps:
              pause: { wait: 10m }
              paid: { wait: { signal: paid, key: "4711" }, timeout: 1d }
              flaky: { command: [x], retry: { max: 2, backoff: 30s } }
              slow:
                for_each: [1, 2]
                concurrency: 2
                timeout: 20m
                on_error: continue
                steps: { a: { command: [x] }, b: { command: [x], needs: [a] } }
            outputs: { paid: "${{ steps.paid.output }}", slow: "${{ steps.slow.status }}" }
            """
    ) { stage in
        try stage.fail("flaky")
        try stage.start("slow/0/a")
        try stage.wakeUp()
        try stage.run("flaky", run: 2, "fine")
        try stage.handle(
            DeliverSignal(
                StepPath(rawValue: "paid"), payload: ["sum": 5], arrived: Timestamp(millisecondsSinceEpoch: 5)))
        try stage.wakeUp()
        try stage.wakeUp()
        try stage.finish("slow/0/a", .stopped(trace: ["signal": 15]))
    }
}
