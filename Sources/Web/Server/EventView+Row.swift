internal import Core
internal import Engine
internal import Store

extension EventView {
    /// The lines of these events, which follow one another.
    static func timeline(_ events: ArraySlice<EventRow>) throws -> [EventView] {
        try events.indices.map { try EventView(events[$0], after: events[..<$0]) }
    }

    /// One line of the timeline.
    /// - Parameter before: the events before it, as far as they are at hand: what a call was made of stands in them.
    init(_ event: EventRow, after before: ArraySlice<EventRow> = []) throws {
        let again = event.run.map { $0.rawValue > 1 ? " (run \($0))" : "" } ?? ""
        let (state, sentence) = try Self.describe(event, again, before)
        let until = event.kind == "step_waiting" ? try JSON(parsing: event.payload)["until"]?.intValue : nil
        self.init(
            position: event.position, at: event.at, state: state, sentence: sentence,
            moment: until.map(Timestamp.init(millisecondsSinceEpoch:)), step: event.step)
    }

    private static func describe(
        _ event: EventRow, _ again: String, _ before: ArraySlice<EventRow>
    ) throws -> (DisplayState?, String) {
        switch event.kind {
        case "task_created": (.queued, "Task created")
        case "task_admitted": (nil, "It is its turn: the task may start")
        case "step_started": (.running, "started" + again)
        case "step_resumed": (.running, "goes on" + again)
        case "turn_completed": (nil, "got the answer of its model")
        case "tool_started": (.running, try JSON(parsing: event.payload).toolCall)
        case "tool_completed":
            try JSON(parsing: event.payload).toolResult { id in
                try CalledTool.name(id: id, step: event.step, in: before)
            }
        case "tool_paused":
            (
                .approvalRequired,
                "has a tool that asks: \(try JSON(parsing: event.payload)["question"]?["title"]?.stringValue ?? "something")"
            )
        case "agent_noticed": (nil, try JSON(parsing: event.payload).notice)
        case "request_sized": (nil, "has put its first request together")
        case "task_repriced": (nil, try JSON(parsing: event.payload).repricing)
        case "child_repriced": (nil, "The cost of \(try JSON(parsing: event.payload).child) was reckoned anew")
        case "limits_raised": (nil, try JSON(parsing: event.payload).raise)
        case "task_renamed": (nil, try JSON(parsing: event.payload).renaming)
        case "task_tagged": (nil, try JSON(parsing: event.payload).tagging)
        case "step_completed": (.completed, "completed" + again)
        case "step_failed": (.failed, "failed" + again)
        case "step_retrying": (.waiting, "failed\(again) and will run again")
        case "step_skipped": (.skipped, "skipped: its condition was not met")
        case "step_cancelled": (.cancelled, "cancelled")
        case "step_interrupted": (.queued, try JSON(parsing: event.payload).interruption)
        case "step_waiting": (.waiting, try JSON(parsing: event.payload).waits)
        case "step_queued": (.queued, "may go on")
        case "step_reused": (.completed, "took over the output of the earlier task")
        case "timeout_reached": (.failed, "ran out of time")
        case "loop_started": (.running, "begins to go round")
        case "iteration_started": (.running, "started")
        case "iteration_completed": (.completed, "completed")
        case "iteration_failed": (.failed, "failed")
        case "iteration_cancelled": (.cancelled, "cancelled")
        case "branch_chosen": (nil, try JSON(parsing: event.payload).chosenPath)
        case "child_started": (.running, "started \(try JSON(parsing: event.payload).child)")
        case "child_ended": (nil, "\(try JSON(parsing: event.payload).child) has ended")
        case "decision_requested": (.approvalRequired, "asks: \(try JSON(parsing: event.payload).title)")
        case "decision_made": (nil, try JSON(parsing: event.payload).decision)
        case "cancel_requested": (.cancelled, "Cancel was asked for" + (try JSON(parsing: event.payload).byWhom))
        case "kill_requested": (.failed, "Kill was asked for" + (try JSON(parsing: event.payload).byWhom))
        case "retry_requested": (.running, "Retry was asked for" + (try JSON(parsing: event.payload).byWhom))
        case "task_completed": (.completed, "Task completed")
        case "task_failed": (.failed, "Task failed")
        case "task_cancelled": (.cancelled, "Task cancelled")
        default: (nil, event.kind)
        }
    }
}

/// Payloads of events in words. One that lies in the blob store is too large for a line; its words are the general ones.
extension JSON {
    fileprivate var waits: String { "waits: " + (self["sentence"]?.stringValue ?? "for something outside") }

    fileprivate var toolCall: String {
        guard let tool = self["tool"]?.stringValue else { return "calls a tool" }
        return "calls \(tool)" + (self["reason"]?.stringValue.map { ": \($0)" } ?? "")
    }

    /// - Parameter name: finds the tool that a call is of.
    fileprivate func toolResult(name: (_ id: String) throws -> String?) throws -> (DisplayState?, String) {
        guard self["error"]?.boolValue == true else { return (.completed, "has the result of a tool") }
        let tool = if let id = self["id"]?.stringValue { try name(id) } else { String?.none }
        let text = (self["parts"]?.arrayValue?.compactMap { $0["text"]?.stringValue }.first).map(MarkedData.unmarked)
        return (
            .failed,
            (tool.map { "a call of \($0) failed" } ?? "a tool call failed") + (text.map { ": \($0.prefix(200))" } ?? "")
        )
    }

    fileprivate var interruption: String {
        "was interrupted when the server stopped, and will run again"
            + (LostCall(self["lost_call"]).map { ". \($0.sentence)" } ?? "")
    }

    fileprivate var notice: String { "was told: " + (self["text"]?.stringValue ?? "") }

    fileprivate var repricing: String {
        let turns = Format.count(self["turns"]?.arrayValue?.count ?? 0, "turn")
        return "The cost of \(turns) was reckoned anew" + byWhom
    }

    fileprivate var raise: String {
        let limits = (self["limits"]?.objectValue ?? [:]).compactMap { member -> String? in
            guard let kind = LimitReckoning.Kind(rawValue: member.name) else { return nil }
            let amount = member.value.intValue.map(\.grouped) ?? member.value.stringValue
            return amount.map { "\($0) \(kind.words)" }
        }
        return "The limit was raised to \(limits.joined(separator: ", ")), with that of \(child)" + byWhom
    }

    fileprivate var renaming: String { "The task is called “\(self["name"]?.stringValue ?? "")”" + byWhom }

    fileprivate var tagging: String {
        let tags = self["tags"]?.arrayValue?.compactMap(\.stringValue) ?? []
        return (tags.isEmpty ? "The task has no tags" : "The task has the tags " + tags.joined(separator: ", "))
            + byWhom
    }

    fileprivate var title: String { self["title"]?.stringValue ?? "what is to be decided" }

    fileprivate var chosenPath: String {
        self["path"]?.stringValue.map { "took the path “\($0)”" } ?? "took none of its paths"
    }

    fileprivate var child: String { self["task"]?.intValue.map { "task #\($0)" } ?? "another task" }

    fileprivate var byWhom: String { self["by"]?.stringValue.map { " by \($0)" } ?? "" }

    fileprivate var decision: String {
        let who = self["by"]?.stringValue ?? "somebody"
        return switch self["verdict"]?.stringValue {
        case "approve": "\(who) said yes"
        case "reject": "\(who) said no"
        case "retry": "\(who) wants it done again"
        case "stop": "\(who) stopped the task"
        default: "\(who) decided"
        }
    }
}
