import Core
import Engine
import Plans
import Store

@testable import Web

extension Samples {
    static let form: JSON = [
        "type": "object", "required": ["copies", "tone"],
        "properties": [
            "copies": ["type": "integer", "title": "Copies", "minimum": 1, "maximum": 5],
            "tone": ["type": "string", "enum": ["friendly", "firm"]],
            "ratio": ["type": "number", "exclusiveMinimum": 0],
            "note": ["type": "string", "maxLength": 500],
            "urgent": ["type": "boolean", "default": true],
            "day": ["type": "string", "format": "date"],
            "list": ["type": "array"],
        ],
    ]

    /// A request of that kind as the engine makes it.
    static func request(
        _ kind: DecisionRequest.Kind, title: String = "Send it?", proposal: JSON? = nil, form: JSON? = nil,
        deciders: [String] = []
    ) throws -> DecisionRequest {
        let standard: JSON? =
            switch kind {
            case .budget: ["tokens": 20_000, "cost": "0.50"]
            case .question: nil
            default: ["to": "anna@example.com", "amount": 5]
            }
        var request: JSONObject = ["ordinal": 1, "kind": .string(kind.rawValue), "title": .string(title)]
        request["proposal"] = proposal ?? standard
        request["form"] = form
        request["by"] = .array(deciders.map(JSON.string))
        if kind == .approval {
            request["expires"] = .int(before(seconds: -7_200).millisecondsSinceEpoch)
            request["on_expiry"] = "reject"
        }
        return try DecisionRequest(
            .object(request), step: StepPath(rawValue: "summary"), run: nil, at: before(seconds: 90))
    }

    /// The same as a page shows it.
    static func view(
        _ request: DecisionRequest, ordinal: Int = 1, decision: Decision? = nil, taskName: String? = nil
    ) -> RequestView {
        let row = DecisionRow(
            task: TaskNumber(rawValue: 148), ordinal: ordinal, step: request.step, run: nil,
            kind: request.kind.rawValue, title: request.title, requestedAt: request.requestedAt,
            state: decision == nil ? DecisionRow.openState : "decided", verdict: decision?.verdict.rawValue,
            decidedBy: decision?.decider, decidedAt: decision == nil ? nil : now, requestPosition: .zero)
        return RequestView(row, request, decision, in: [row], user: "anna", taskName: taskName)
    }

    /// Every kind of request, each with a form, and one that is decided.
    static func requests() throws -> [RequestView] {
        let open = try DecisionRequest.Kind.allCases.enumerated().map { place, kind in
            view(
                try request(kind, form: kind == .approval ? form : nil, deciders: ["ben", "cleo"]), ordinal: place + 1)
        }
        let edits: JSON = ["to": "b", "amount": 6]
        return open + [
            view(
                try request(.review), ordinal: 9,
                decision: Decision(.approve, edits: edits, feedback: "Fine now", by: "ben"))
        ]
    }

    static func deciding() throws -> TaskPageView {
        var view = try running()
        view.row = rows[2]
        view.row.openRequests = 6
        view.requests = try requests()
        view.actions = TaskActionsView(
            canCancel: true, canKill: true, retryRefusal: "Only a failed task can be retried")
        view.approvals = 6
        view.situation = .waiting([
            WaitView(
                reason: "approval", sentence: "Send it?", since: before(seconds: 90), step: view.steps[0].path,
                blocker: .request("148-1")),
            WaitView(
                reason: "dependency", sentence: "Waits for task #9", since: before(seconds: 90),
                step: view.steps[1].path, blocker: .task(TaskLinkView(number: TaskNumber(rawValue: 9)))),
            WaitView(
                reason: "timer", sentence: "Waits until \(before(seconds: -60).rfc3339).", since: before(seconds: 90),
                until: before(seconds: -60), step: view.steps[2].path),
        ])
        return view
    }

    static func inbox() throws -> ApprovalsView {
        var open = try requests().filter { $0.outcome == nil }
        for place in open.indices { open[place].taskName = "Invoices" }
        return ApprovalsView(requests: open, total: 61, page: 1, position: Position(rawValue: 9_120), now: now)
    }

    /// A loop with a hidden middle and a failed iteration, and a branch with everything about its choice.
    static func nested() throws -> TaskPageView {
        let why = ConditionView(
            expression: "inputs.amount > 1000", value: true, parts: [("inputs.amount", 1_200), ("1000", 1_000)])
        func path(_ text: String) -> StepPath { StepPath(rawValue: text) }
        func iteration(_ index: Int, _ state: DisplayState) -> StepView {
            StepView(
                path: path("each/\(index)"), kind: "iteration", state: state,
                children: [StepView(path: path("each/\(index)/read"), kind: "set", state: state)])
        }
        var view = try running()
        view.events = []
        view.steps = [
            StepView(
                path: path("each"), kind: "for_each", state: .completedWithWarning,
                loop: LoopView(total: 200, finished: 200, failed: 1, hidden: 197),
                children: [
                    iteration(0, .completed), iteration(1, .failedAllowed), iteration(199, .completed),
                ]),
            StepView(
                path: path("route"), kind: "branch", state: .completed,
                pathsNotTaken: [
                    UntakenPathView(path: path("route/small"), condition: why),
                    UntakenPathView(path: path("route/otherwise")),
                ],
                children: [
                    StepView(
                        path: path("route/large"), kind: "path", state: .completed, explanation: why,
                        choice: ChoiceView(
                            agent: "clerk", reason: "It is much", confidence: 0.9, alternatives: ["small"]),
                        children: [StepView(path: path("route/large/send"), kind: "command", state: .completed)])
                ]),
            StepView(
                path: path("fetch"), kind: "http", state: .waiting, runs: 1,
                attempts: [
                    AttemptView(
                        number: 1, startedAt: before(seconds: 9), endedAt: before(seconds: 8), state: .failed,
                        sentence: "tool_error: no", nextAt: before(seconds: -60))
                ],
                wait: WaitView(
                    reason: "retry", sentence: "Run 1 failed", since: before(seconds: 8), until: before(seconds: -60))),
            StepView(path: path("old"), kind: "set", state: .completed, reusedFrom: TaskNumber(rawValue: 12)),
            StepView(
                path: path("part"), kind: "task", state: .completed,
                child: TaskLinkView(
                    number: TaskNumber(rawValue: 15), name: "part", state: .completed, cost: .nanoDollars(5_000_000))),
            StepView(path: path("not"), kind: "set", state: .skipped, explanation: why),
        ]
        view.links = TaskLinksView(
            parent: TaskLinkView(number: TaskNumber(rawValue: 5), step: path("part")),
            rerunOf: TaskLinkView(number: TaskNumber(rawValue: 12)),
            reruns: [TaskLinkView(number: TaskNumber(rawValue: 150), state: .running)])
        view.priority = 5
        view.costWithChildren = .atLeast(nanoDollars: 3_000_000)
        view.situation = .queued(
            QueueView(underWay: [TaskNumber(rawValue: 12), TaskNumber(rawValue: 13)], ahead: 3, since: now))
        return view
    }
}
