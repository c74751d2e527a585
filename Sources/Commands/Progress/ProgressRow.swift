internal import Client
internal import Core

/// The texts of one line of the tree: a step, or an iteration of a loop.
struct ProgressRow: Sendable {
    var status: Client.StepStatus
    var kind: String
    /// The lines that lead to it.
    var branch: String
    var name: String
    var duration = ""
    var tokens: String
    var note: String

    /// How many columns further to the right than a step of the plan itself it begins.
    var indentation: Int { branch.count - 3 }

    /// How many iterations that have ended a loop shows if it is not folded.
    private static let iterationsMaximum = 20

    /// All steps, each followed by what stands in it. The path that a branch has taken has no line of its own: its steps
    /// follow the branch, which says which path it is.
    static func rows(of steps: [StepProgress], isFolding: Bool, at now: Timestamp) -> [ProgressRow] {
        var rows: [ProgressRow] = []
        add(steps, guide: "", isFolding: isFolding, at: now, to: &rows)
        return rows
    }

    private static func add(
        _ steps: [StepProgress], guide: String, isFolding: Bool, at now: Timestamp, to rows: inout [ProgressRow]
    ) {
        for (place, step) in steps.enumerated() {
            let isLast = place == steps.count - 1
            rows.append(ProgressRow(step, branch: guide + (isLast ? "└─ " : "├─ "), at: now))
            add(
                parts(of: step, isFolding: isFolding), guide: guide + (isLast ? "   " : "│  "), isFolding: isFolding,
                at: now, to: &rows)
        }
    }

    private static func parts(of step: StepProgress, isFolding: Bool) -> [StepProgress] {
        switch step.kind {
        case "branch": return step.children.flatMap(\.children)
        case "for_each":
            let open = step.children.filter { !$0.status.isFinal }
            if isFolding { return open + step.children.filter { $0.status == .failed } }
            let ended = step.children.filter { $0.status.isFinal }
            return (ended.prefix(iterationsMaximum) + open).sorted { (Int($0.name) ?? 0) < (Int($1.name) ?? 0) }
        default: return step.children
        }
    }

    private init(_ step: StepProgress, branch: String, at now: Timestamp) {
        status = step.status
        kind = step.kind
        self.branch = branch
        name = (step.kind == "iteration" ? "#" : "") + DisplayText.line(step.name)
        tokens = Quantity.tokens(step.allUsage) ?? ""
        var note = DisplayText.line(step.note ?? "")
        if let milliseconds = step.milliseconds {
            duration = Quantity.duration(milliseconds: milliseconds)
        } else if [.running, .waiting].contains(step.status), let started = step.started {
            duration = Quantity.duration(
                milliseconds: max(0, now.milliseconds(since: started) - step.idle.milliseconds))
        }
        if step.status == .waiting, let until = step.waitsUntil {
            let left = until.milliseconds(since: now)
            let countdown = left > 0 ? "\(Quantity.duration(milliseconds: left)) left" : "now"
            let time = "\(Quantity.moment(until, near: now)), \(countdown)"
            let parts = step.isRetrying ? ["runs again at \(time)", note] : [note, "until \(time)"]
            note = parts.filter { !$0.isEmpty }.joined(separator: " · ")
        }
        self.note = note
    }
}
