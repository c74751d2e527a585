internal import Core
internal import Store

/// The stretches of time that the events of one step tell of.
struct WaterfallRecord {
    /// Its runs and waits.
    private(set) var bars: [WaterfallBar] = []
    /// Its turns and tool calls, in the order in which they began.
    private(set) var parts: [(name: String, kind: String, bar: WaterfallBar)] = []
    private var work: Int?
    private var wait: Int?
    private var tools: [String: Int] = [:]
    /// Counted within its run, as in the record.
    private var turns = 0
    private var run: RunNumber?

    static let kinds = [
        "step_started", "step_resumed", "step_waiting", "step_queued", "step_retrying", "step_interrupted",
        "step_completed", "step_failed", "step_cancelled", "decision_requested", "decision_made", "turn_completed",
        "tool_started", "tool_completed",
    ]

    mutating func note(_ event: EventRow, payload: () throws -> JSON) rethrows {
        switch event.kind {
        case "step_started":
            close(at: event.at, .cancelled)
            work = open(.work, .running, event.at, "Run \(event.run?.rawValue ?? 1)")
        case "step_resumed":
            closeWait(at: event.at)
            if work == nil { work = open(.work, .running, event.at, "Run \(event.run?.rawValue ?? 1), goes on") }
        case "step_queued": closeWait(at: event.at)
        case "step_waiting":
            // What asks a person says so more exactly.
            guard wait == nil else { return }
            // Work that came to a wait was work.
            closeWork(at: event.at, .completed)
            let reason = try payload()["reason"]?.stringValue ?? ""
            wait = open(.wait, .waiting, event.at, "Waits" + (reason.isEmpty ? "" : ": \(reason)"))
        case "decision_requested":
            closeWait(at: event.at)
            closeWork(at: event.at, .completed)
            wait = open(.human, .approvalRequired, event.at, "A person is asked")
        case "decision_made": closeWait(at: event.at)
        case "step_retrying":
            close(at: event.at, .failed)
            wait = open(.wait, .waiting, event.at, "Waits before the next run")
        case "step_failed": close(at: event.at, .failed)
        case "step_completed": close(at: event.at, .completed)
        case "step_cancelled", "step_interrupted": close(at: event.at, .cancelled)
        case "turn_completed":
            let turn = try payload()
            if event.run != run { (run, turns) = (event.run, 0) }
            turns += 1
            let length = max(0, turn["duration_ms"]?.intValue ?? 0)
            let bar = WaterfallBar(
                kind: .turn, state: .completed,
                from: Timestamp(millisecondsSinceEpoch: event.at.millisecondsSinceEpoch - length), to: event.at,
                words: turn["model"]?.stringValue ?? "model")
            parts.append(("Turn \(turns)", "model", bar))
        case "tool_started":
            let call = try payload()
            let bar = WaterfallBar(kind: .tool, state: .running, from: event.at, to: nil, words: "Tool call")
            if let id = call["id"]?.stringValue { tools[id] = parts.count }
            parts.append((call["tool"]?.stringValue ?? "tool", "tool", bar))
        case "tool_completed":
            let result = try payload()
            guard let place = result["id"]?.stringValue.flatMap({ tools.removeValue(forKey: $0) }) else { return }
            parts[place].bar.to = event.at
            parts[place].bar.state = result["error"]?.boolValue == true ? .failed : .completed
        default: break
        }
    }

    private mutating func open(
        _ kind: WaterfallBar.Kind, _ state: DisplayState, _ at: Timestamp, _ words: String
    ) -> Int {
        bars.append(WaterfallBar(kind: kind, state: state, from: at, to: nil, words: words))
        return bars.count - 1
    }

    private mutating func closeWork(at time: Timestamp, _ state: DisplayState) {
        guard let place = work else { return }
        bars[place].to = time
        bars[place].state = state
        work = nil
    }

    private mutating func closeWait(at time: Timestamp) {
        guard let place = wait else { return }
        bars[place].to = time
        wait = nil
    }

    private mutating func close(at time: Timestamp, _ state: DisplayState) {
        closeWork(at: time, state)
        closeWait(at: time)
        for place in tools.values {
            parts[place].bar.to = time
            parts[place].bar.state = state
        }
        tools = [:]
    }
}
