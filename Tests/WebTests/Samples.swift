import Core

@testable import Web

/// Made-up views as the store would fill them, for tests of the pages.
enum Samples {
    static let now = Timestamp(millisecondsSinceEpoch: 1_795_187_045_123)

    static func before(seconds: Int64) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch - seconds * 1000)
    }

    static func id() throws -> TaskID {
        guard let id = TaskID(rawValue: "01kaq2m4z8f3w6x9y0a1b2c3d4") else {
            throw SignalboxError(.internal, "The sample id is not an id")
        }
        return id
    }

    static func row(
        _ number: Int64 = 142, name: String = "Invoices, November", state: DisplayState = .completed,
        reason: String? = nil, finished: Int = 5, duration: DurationView = .fixed(milliseconds: 4_230),
        ageSeconds: Int64 = 75
    ) -> TaskRowView {
        TaskRowView(
            number: TaskNumber(rawValue: number), name: name, state: state, reason: reason, trigger: "cli",
            model: ModelView(name: "script/summary"),
            progress: ProgressView(finished: finished, current: state.isFinal ? finished : finished + 1, total: 5),
            duration: duration, tokens: TokensView(prompt: 3_904, completion: 612), cost: .unknown,
            createdAt: before(seconds: ageSeconds))
    }

    static let rows: [TaskRowView] = [
        row(
            148, name: "Invoices, November", state: .running, reason: "Running “summary” (agent, script/summary)",
            finished: 3, duration: .counting(since: before(seconds: 12)), ageSeconds: 12),
        row(
            147, name: "Invoices, October", state: .queued, reason: "Behind 2 tasks", finished: 0,
            duration: .notStarted, ageSeconds: 40),
        row(
            146, name: "Send the reminders of the third quarter to everybody who has not paid yet",
            state: .approvalRequired,
            reason: "“send” was interrupted by a crash and may not run twice: was it done?", finished: 2,
            ageSeconds: 1_400),
        row(
            145, name: "Nightly totals", state: .waiting, reason: "Waits for a free slot", finished: 1,
            ageSeconds: 3_000),
        row(
            144, name: "Which currency?", state: .paused, reason: "Asks which currency to report in", finished: 1,
            ageSeconds: 3_100),
        row(
            143, name: "Invoices, September", state: .failed,
            reason: "tool_error in “extract”: pdftotext ended with exit code 1", finished: 2, ageSeconds: 7_300),
        row(
            142, name: "Invoices, August", state: .completed, duration: .fixed(milliseconds: 102_000),
            ageSeconds: 90_000),
        row(141, name: "Invoices, July", state: .completedWithWarning, reason: "1 step failed", ageSeconds: 400_000),
        row(140, name: "Trial", state: .cancelled, finished: 1, ageSeconds: 40_000_000),
    ]

    static let list = TaskListView(rows: rows, total: 61, page: 1, position: Position(rawValue: 9_120), now: now)

    static let totals: JSON = [
        "vendors": [
            ["name": "Acme Corp", "currency": "USD", "total": "5184.00", "invoices": 3],
            ["name": "Müller & Söhne GmbH", "currency": "EUR", "total": "1249.90", "invoices": 2],
        ],
        "duplicates": ["AC-0331"], "errors": [], "checked": true, "difference": nil, "ratio": 0.25,
    ]

    static let report = """
        # Invoices, November

        Twelve invoices of four vendors were read. **Acme Corp** is the largest with 5,184.00 USD.

        * AC-0331 was sent twice
        * The items of NW-77 do not add up: 412.50 is written, 421.50 is right

        """

    static let steps: [StepView] = [
        StepView(
            path: StepPath(rawValue: "extract"), kind: "command", summary: "Reads every invoice as text",
            state: .completed, duration: .fixed(milliseconds: 840), runs: 1, preview: #"{"files":12,"formats":3}"#,
            input: .json(["folder": "in"]),
            detail: .command(
                CommandView(
                    arguments: ["python3", "plan/extract.py", "--out", "it's here.json"],
                    stdin: .json(["folder": "in"]),
                    stdout: .text("{\"files\": 12}\n"),
                    stderr: .text("acme-0331.pdf: no text layer, reading it by OCR\n"),
                    exitCode: 0)),
            output: .json(["files": 12, "formats": 3])),
        StepView(
            path: StepPath(rawValue: "totals"), kind: "set", state: .completed, duration: .fixed(milliseconds: 1),
            runs: 1, preview: #"{"vendors":[{"name":"Acme Corp","currency":"USD","total":"5184.00"}]}"#,
            output: .json(totals)),
        StepView(
            path: StepPath(rawValue: "rates"), kind: "http", state: .completed, duration: .fixed(milliseconds: 310),
            runs: 2,
            preview: "1 EUR = 1.16 USD",
            detail: .http(
                HTTPCallView(
                    method: "GET", url: "https://rates.example/latest?base=EUR", status: 200,
                    responseHeaders: ["content-type": "application/json"], responseBody: .json(["USD": 1.16])))),
        StepView(
            path: StepPath(rawValue: "convert"), kind: "set", state: .skipped,
            reason: "Its condition was not true", condition: "inputs.currency != 'USD'"),
        StepView(
            path: StepPath(rawValue: "summary"), kind: "agent", summary: "Writes what was found for a person",
            state: .running, duration: .counting(since: before(seconds: 9)),
            tokens: TokensView(prompt: 3_904, completion: 612),
            runs: 1,
            detail: .agent(
                AgentCallView(
                    agent: "clerk", model: ModelView(name: "script/summary"), system: "You are a careful clerk.",
                    prompt: "Summarise these findings.", answer: "Twelve invoices of four vendors", isStreaming: true))),
        StepView(path: StepPath(rawValue: "report"), kind: "command", summary: "Writes report.md", state: .queued),
    ]

    static let input = InputView(
        values: ["month": "2026-11", "currency": "USD", "limit": 1_000, "strict": true, "vendors": ["acme", "nw"]],
        files: [
            FileView(name: "acme-0331.pdf", bytes: 48_213, path: "/tasks/142/files/0"),
            FileView(name: "northwind november (2).csv", bytes: 1_204, path: "/tasks/142/files/1"),
        ])

    static let events: [EventView] = [
        EventView(position: Position(rawValue: 1), at: before(seconds: 12), sentence: "Created from the command line"),
        EventView(
            position: Position(rawValue: 2), at: before(seconds: 12), state: .running, sentence: "Started",
            step: StepPath(rawValue: "extract")),
        EventView(
            position: Position(rawValue: 3), at: before(seconds: 11), state: .completed, sentence: "Completed",
            step: StepPath(rawValue: "extract")),
    ]

    static func running() throws -> TaskPageView {
        TaskPageView(
            row: rows[0], id: try id(), planName: "invoices", planSummary: "Totals the invoices of a month per vendor",
            startedAt: before(seconds: 12), calls: CallsView(model: 1, http: 2), input: input, steps: steps,
            events: events,
            position: Position(rawValue: 9_120), now: now)
    }

    static func completed() throws -> TaskPageView {
        var view = try running()
        view.row = row()
        view.endedAt = before(seconds: 1)
        view.steps[4].state = .completed
        view.steps[5].state = .completed
        view.outputs = [
            OutputView(
                name: "report", payload: .markdown(report), mediaType: "text/markdown",
                path: "/tasks/142/outputs/report"),
            OutputView(
                name: "totals", payload: .json(totals), mediaType: "application/json", path: "/tasks/142/outputs/totals"
            ),
        ]
        view.files = [FileView(name: "report.md", bytes: 412, path: "/tasks/142/files/report.md")]
        return view
    }

    static func failed() throws -> TaskPageView {
        var view = try running()
        view.row = rows[5]
        let failure = FailureView(
            cause: "tool_error", sentence: "pdftotext ended with exit code 1", step: StepPath(rawValue: "extract"),
            evidence: .text("Syntax Error: Couldn't find trailer dictionary\n"))
        view.steps[0].state = .failed
        view.steps[0].failure = failure
        for place in 1..<view.steps.count {
            view.steps[place] = StepView(path: view.steps[place].path, kind: view.steps[place].kind, state: .cancelled)
        }
        view.situation = .failed(failure)
        return view
    }

    static func inDoubt() throws -> TaskPageView {
        var view = try running()
        view.row = rows[2]
        view.steps[4].state = .approvalRequired
        view.steps[4].reason = "Interrupted by a crash: it may have been done"
        view.steps[4].duration = .fixed(milliseconds: 300)
        view.situation = .waiting([
            WaitView(
                reason: "in_doubt",
                sentence:
                    "“summary” was interrupted by a crash and may not run twice. A person must say whether it was done.",
                since: before(seconds: 700), step: StepPath(rawValue: "summary"))
        ])
        return view
    }

    /// The turns of an agent with the same text in every place; what a model wrote is Markdown.
    static func entries(_ text: String, _ payloads: [PayloadView]) -> [AgentEntryView] {
        let decisions = [
            CallDecisionView(title: text, askedAt: now),
            CallDecisionView(title: text, askedAt: now, decidedAt: now, words: text, said: text),
        ]
        let calls = [ToolCallView.State.wanted, .running, .done, .failed].enumerated().map { place, state in
            ToolCallView(
                tool: text, arguments: JSONObject([(text, .string(text))]), reason: place == 0 ? nil : text,
                confidence: 0.5, alternatives: [text, text], state: state, milliseconds: 5, result: payloads[place],
                trace: [text: .string(text)], files: [FileView(name: text, bytes: 1)], decisions: decisions,
                isRepeated: true, problem: text)
        }
        let turn = TurnView(
            number: 1, model: ModelView(name: text), answeredBy: text, stopReason: text, milliseconds: 5,
            tokens: TokensView(prompt: 1, completion: 2, split: text), cost: text, costNote: text, isRepriced: true,
            thinking: text, parts: [.search(query: text, pages: [(text, text), ("", text)])], refusal: text,
            trimmed: text, unavailable: [text], calls: calls)
        return [.turn(turn), .notice(now, text), .decision(decisions[1]), .interrupted(now), .resumed(now)]
    }

    /// The same text in every place that comes from outside; where Markdown is read, `MarkdownTests` does that.
    static func hostile(_ text: String) throws -> TaskPageView {
        let pairs: [(String, JSON)] = [(text, .string(text))]
        let object = JSONObject(pairs)
        let payloads: [PayloadView] = [
            .text(text), .text(text), .json(.string(text)), .json([.string(text)]), .json(.object(object)),
            PayloadView(.excerpt(text, totalBytes: 9_999_999), path: text),
        ]
        let path = StepPath(rawValue: text)
        let failure = FailureView(cause: text, sentence: text, step: path, evidence: .text(text))
        let model = ModelView(name: text, isDefault: true, others: [text])
        let details: [StepDetailView] = [
            .command(
                CommandView(
                    arguments: [text], stdin: payloads[0], stdout: payloads[3], stderr: payloads[5], exitCode: 1)),
            .http(
                HTTPCallView(
                    method: text, url: text, requestBody: payloads[4], status: 500,
                    responseHeaders: object, responseBody: payloads[1])),
            .agent(
                AgentCallView(agent: text, model: model, system: text, prompt: text, entries: entries(text, payloads))),
        ]
        var view = TaskPageView(
            row: row(name: text, reason: text), id: try id(), planName: text, planSummary: text,
            situation: .failed(failure),
            input: InputView(
                prompt: text, values: JSONObject(pairs + [("list", [.string(text)])]),
                files: [FileView(name: text, bytes: 1, path: text), FileView(name: text, bytes: 1)]),
            steps: details.enumerated().map { place, detail in
                StepView(
                    path: StepPath(rawValue: text + String(place)), kind: text, summary: text, state: .skipped,
                    reason: text,
                    condition: text, preview: text, input: payloads[2], detail: detail, output: payloads[place],
                    files: [FileView(name: text, bytes: 1)], failure: place == 0 ? failure : nil)
            },
            outputs: payloads.enumerated().map {
                OutputView(name: text + String($0), payload: $1, mediaType: text, path: text)
            },
            files: [FileView(name: text, bytes: 1, path: text)],
            events: [EventView(position: Position(rawValue: 1), at: now, sentence: text, step: path)],
            position: Position(rawValue: 1), now: now)
        view.row.trigger = text
        view.row.model = model
        return view
    }
}
