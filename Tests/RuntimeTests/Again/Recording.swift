import Core
import Engine
import Plans
import Store

@testable import Runtime

/// What a task has done, put together without running it.
struct Recording {
    let plan: ExecutablePlan
    private(set) var record: TaskRecord
    private var position: Int64 = 1

    init(_ text: String, inputs: JSONObject = [:], watching: StepPath? = nil) throws {
        plan = ExecutablePlan(try PlanReader.read(PlanSource(path: "plan.yaml", text: text)))
        var random = SystemRandomNumberGenerator()
        let time = Timestamp(millisecondsSinceEpoch: 0)
        let origin = TaskOrigin(
            id: TaskID(at: time, random: &random), number: TaskNumber(rawValue: 7), name: "recorded", source: .plan,
            trigger: .api, planName: plan.plan.name, planHash: plan.plan.hash, inputs: inputs)
        record = TaskRecord(origin, watching: watching)
    }

    /// Each step of these ran for 10 ms and completed.
    mutating func complete(_ paths: String...) throws {
        for path in paths {
            try note(.stepStarted, path)
            try note(.stepCompleted, path)
        }
    }

    /// An iteration whose steps completed, and which completed itself.
    mutating func iterate(_ path: String, _ steps: String...) throws {
        try note(.iterationStarted, path)
        for step in steps {
            try note(.stepStarted, "\(path)/\(step)")
            try note(.stepCompleted, "\(path)/\(step)")
        }
        try note(.iterationCompleted, path)
    }

    mutating func note(_ kind: EventKind, _ path: String, _ payload: JSON? = nil) throws {
        position += 1
        let event = EventRow(
            position: Position(rawValue: position), task: TaskNumber(rawValue: 7), sequence: position,
            at: Timestamp(millisecondsSinceEpoch: position * 10), kind: kind.rawValue, step: StepPath(rawValue: path),
            run: nil, payload: [])
        try record.note(kind, event, payload: payload)
    }

    /// What a repetition with these changes takes over, and why the rest runs again.
    func planned(
        _ changes: ReuseChanges, after text: String? = nil, models: [String: String] = [:]
    ) throws -> (reused: [String], again: [String: AgainReason], choices: [StepPath: String]) {
        let after = try text.map { try PlanReader.read(PlanSource(path: "plan.yaml", text: $0)) } ?? plan.plan
        var planner = ReusePlanner(record, before: plan, after: after, changes: changes, models: models)
        let found = planner.plan()
        let again = found.again.map { ($0.path.rawValue, $0.reason) }
        return (
            found.reused.map(\.path.rawValue), Dictionary(again) { first, _ in first }, found.choices
        )
    }
}
