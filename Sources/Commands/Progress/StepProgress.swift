internal import Client
internal import Core

/// What is known of a step, of an iteration of a loop, or of the path that a branch has taken.
struct StepProgress: Sendable {
    /// The last part of its path.
    var name: String
    var path: String
    /// The word of the plan language; `iteration` and `path` for the parts of a loop and a branch.
    var kind: String
    var status: Client.StepStatus = .queued
    var started: Timestamp?
    /// From its beginning to its end, or to its wait, without what it stood idle.
    var milliseconds: Int64?
    /// What it stood idle after a crash, or until it was retried.
    var idle = IdleTime()
    var usage = TokenUsage.zero
    /// The tools that its agent calls at the moment, by the id of the call.
    var openCalls: [String: String] = [:]
    /// The tools that its model wants called since its last answer, by the id of the call. Some calls are never made.
    var wantedTools: [String: String] = [:]
    /// The tool whose call has begun or ended last.
    var lastTool: String?
    /// The beginning of its output, or why it failed, waits, was skipped or took its path.
    var note: String?
    /// When what it waits for comes by itself.
    var waitsUntil: Timestamp?
    /// Whether a run has failed and the next one has its time.
    var isRetrying = false
    /// The id of the open request to a person.
    var request: String?
    /// The task that does its work.
    var childTask: TaskNumber?
    /// Of a loop that has begun.
    var loop: LoopProgress?
    /// The name of the path that a branch has taken.
    var takenPath: String?
    /// What stands in it: iterations or the taken path, and in these their steps.
    var children: [StepProgress] = []
    /// The steps it may come to, block by block.
    var blocks: [String: [StepOutline]] = [:]

    init(name: String, path: String, kind: String, blocks: [String: [StepOutline]] = [:]) {
        self.name = name
        self.path = path
        self.kind = kind
        self.blocks = blocks
    }

    /// Whether steps stand in it.
    var isContainer: Bool { ["for_each", "branch", "iteration", "path"].contains(kind) }

    /// Itself if nothing stands in it, else what stands in it.
    var allLeaves: [StepProgress] { children.isEmpty ? (isOpen ? [] : [self]) : children.flatMap(\.allLeaves) }

    /// A loop or branch that has begun is not at work itself.
    private var isOpen: Bool { loop != nil || takenPath != nil || kind == "iteration" || kind == "path" }

    /// Its tokens with those of all that stands and stood in it.
    var allUsage: TokenUsage {
        let inside = children.reduce(into: (loop?.settledUsage ?? .zero)) { $0 += $1.allUsage }
        guard isContainer else { return inside + usage }
        // What the server has told of a loop counts all that is in it, also what is not listed here.
        return inside.total > usage.total ? inside : usage
    }

    /// The arithmetic of product §4: steps that are not skipped, each once in every iteration; what is not open yet
    /// counts 1.
    var leaves: LeafCounts {
        if status == .skipped { return LeafCounts() }
        guard isOpen else {
            return LeafCounts(total: 1, finished: status.isFinal ? 1 : 0, failed: status == .failed ? 1 : 0)
        }
        var counts = children.reduce(into: loop?.settled ?? LeafCounts()) { $0 += $1.leaves }
        if let loop, let total = loop.total, !status.isFinal {
            counts.total += max(0, total - loop.begun - children.count) * (blocks[""]?.count ?? 1)
        }
        return counts
    }

    /// Changes what stands in it at those names; what is missing on the way is made.
    mutating func change(_ parts: ArraySlice<Substring>, _ body: (inout StepProgress) -> Void) {
        guard let first = parts.first else { return body(&self) }
        let place = children.firstIndex { $0.name == first } ?? add(String(first))
        children[place].change(parts.dropFirst(), body)
    }

    /// Makes an iteration, the taken path, or a step that the plan's outline does not know.
    private mutating func add(_ name: String) -> Int {
        let kinds = ["for_each": "iteration", "branch": "path"]
        var child = StepProgress(name: name, path: path + "/" + name, kind: kinds[kind] ?? "")
        if kinds[kind] != nil {
            child.status = .running
            child.children = (blocks[kind == "for_each" ? "" : name] ?? []).map { step in
                StepProgress(
                    name: step.name, path: child.path + "/" + step.name, kind: step.kind, blocks: step.blocks)
            }
        }
        children.append(child)
        return children.count - 1
    }
}

/// How far a loop is.
struct LoopProgress: Sendable {
    /// Nil when only its end tells.
    var total: Int?
    var begun = 0
    var finished = 0
    var failed = 0
    /// Steps of the iterations that have ended.
    var settled = LeafCounts()
    var settledUsage = TokenUsage.zero

    /// `3 of 10, 1 failed`
    var text: String {
        let counts = total.map { "\(finished) of \($0)" } ?? "\(finished) done"
        return counts + (failed > 0 ? ", \(failed) failed" : "")
    }
}

/// Steps that were counted.
struct LeafCounts: Sendable, Hashable {
    var total = 0
    var finished = 0
    var failed = 0

    static func += (sum: inout LeafCounts, more: LeafCounts) {
        sum.total += more.total
        sum.finished += more.finished
        sum.failed += more.failed
    }
}

extension Client.StepStatus {
    /// Whether the step has come to its end.
    var isFinal: Bool { [.completed, .failed, .skipped, .cancelled].contains(self) }
}

extension TokenUsage {
    static func + (left: TokenUsage, right: TokenUsage) -> TokenUsage {
        var sum = left
        sum += right
        return sum
    }
}
