import Core
import Engine
import Plans

/// A journal in a file.
struct Recording {
    let plan: Plan
    let entries: [JournalEntry]
    /// What its fold came to when it was recorded.
    let summary: JSON

    private static let directory =
        #filePath.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/Journals"

    /// Whether files are to be written.
    static var isRecording: Bool { ProcessEnvironment.variables["SIGNALBOX_RECORD"] != nil }

    /// The names of all files, without their ending.
    static func names() throws -> [String] {
        try FileSystem.names(in: directory).filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(6)) }.sorted()
    }

    init(named name: String) throws {
        let bytes = try FileSystem.read("\(Self.directory)/\(name).jsonl")
        let lines = try bytes.split(separator: UInt8(ascii: "\n")).map { try JSON(parsing: Array($0)) }
        guard let head = lines.first, let text = head["plan"]?.stringValue, let summary = head["summary"] else {
            throw SignalboxError(.invalidInput, "\(name) has no head.")
        }
        plan = try PlanReader.read(PlanSource(path: "plan.yaml", text: text))
        self.summary = summary
        entries = try lines.dropFirst().map(Self.entry)
    }

    func machine(entries count: Int) throws -> TaskMachine {
        try TaskMachine(folding: entries.prefix(count).map(Event.init), executing: ExecutablePlan(plan))
    }

    private static func entry(_ json: JSON) throws -> JournalEntry {
        guard let at = json["at"]?.intValue, let kind = json["kind"]?.stringValue.flatMap(EventKind.init(rawValue:)),
            let payload = json["payload"]
        else { throw SignalboxError(.invalidInput, "This is no entry: \(json.text.prefix(80))") }
        return JournalEntry(
            at: Timestamp(millisecondsSinceEpoch: at), kind: kind,
            step: json["step"]?.stringValue.map(StepPath.init(rawValue:)),
            run: json["run"]?.intValue.map { RunNumber(rawValue: Int($0)) }, payload: payload)
    }

    /// Plays a scenario and keeps its journal, unless there is one.
    static func write(_ scenario: Scenario) throws {
        let path = "\(directory)/\(scenario.name).jsonl"
        guard !FileSystem.exists(path) else { return }
        let stage = try scenario.play()
        let head: JSON = ["plan": .string(scenario.plan), "summary": Summary(stage.machine).json]
        let lines = [head] + stage.events.map { json(of: $0.entry) }
        try FileSystem.writeAtomically(Array((lines.map(\.text).joined(separator: "\n") + "\n").utf8), to: path)
    }

    private static func json(of entry: JournalEntry) -> JSON {
        var object: JSONObject = ["at": .int(entry.at.millisecondsSinceEpoch), "kind": .string(entry.kind.rawValue)]
        if let step = entry.step { object["step"] = .string(step.rawValue) }
        if let run = entry.run { object["run"] = .int(Int64(run.rawValue)) }
        object["payload"] = entry.payload
        return .object(object)
    }
}

/// What can be said of a task from outside, for comparison.
struct Summary {
    let json: JSON

    init(_ machine: TaskMachine) {
        let state = machine.state
        var object: JSONObject = [
            "status": .string(state.status.rawValue), "events": .int(state.sequence),
            "steps": .array(state.steps.map { ["\($0.status.rawValue)", .int(Int64($0.runs))] }),
            "progress": [.int(Int64(state.progress.finished)), .int(Int64(state.progress.total))],
            "failed_steps": .int(Int64(state.failedSteps)), "active_ms": .int(state.activeMilliseconds),
            "tokens": .int(state.spending.usage.total), "children_tokens": .int(state.childrenSpending.usage.total),
            "limits": state.limits.json, "waits": .array(state.waits.map { .string($0.sentence) }),
            "decisions": .array(
                state.decisions.sorted { $0.key < $1.key }.map {
                    .string("\($0.key) \($0.value.kind.rawValue) \($0.value.verdict.rawValue) \($0.value.decider)")
                }),
        ]
        object["outputs"] = state.outputs.map(JSON.object)
        object["failure"] = state.failure.map(\.json)
        object["wake"] = state.nextWake.map { .int($0.millisecondsSinceEpoch) }
        json = .object(object)
    }
}
