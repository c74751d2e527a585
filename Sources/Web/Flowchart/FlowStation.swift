internal import Core

/// What is known of a step of a flowchart in a task.
struct FlowStation: Sendable {
    /// Where it stands in the task.
    var path: StepPath
    var state: DisplayState
    var duration = DurationView.notStarted
    /// Whether the task has ended before it was its turn.
    var isUnreached = false
    var loop: LoopView?
    var child: TaskNumber?
    /// Why it failed or what it waits for.
    var reason: String?

    /// Whether something has led to it. What was cancelled in the queue was not come to.
    var isReached: Bool { state != .queued && (state != .cancelled || duration != .notStarted) }
}

/// What has become of a path of a branch.
enum FlowPathState: Sendable, Hashable {
    /// The branch has not chosen yet.
    case open
    /// It never will: the task has ended before.
    case unreached
    case taken
    case notTaken

    /// The word that is shown; nil for nothing.
    var word: String? {
        switch self {
        case .open: nil
        case .unreached: "Not reached"
        case .taken: "Taken"
        case .notTaken: "Not taken"
        }
    }
}

/// What boxes of a flowchart lead to, and how they stand; nothing of it changes where they are.
struct FlowKnowledge: Sendable {
    /// By places; nil for a plan that is shown without a task.
    var stations: [String: FlowStation]?
    /// By places.
    var paths: [String: FlowPathState] = [:]
    /// Where a step leads to, by places.
    var addresses: [String: String] = [:]
    /// Where a loop is opened or folded, by places.
    var folds: [String: String] = [:]

    var hasStates: Bool { stations != nil }

    /// Whether a step or a path has begun or been passed; nothing has in a plan without a task.
    func isReached(_ node: Flowchart.Node) -> Bool {
        guard let stations else { return false }
        if isUntaken(node) { return false }
        switch node.role {
        case .start: return stations.values.contains(where: \.isReached)
        case .end: return false
        case .step: return stations[node.place]?.isReached ?? false
        case .path: return paths[node.place] == .taken
        case .join: return stations[node.place].map { $0.isReached && $0.state.isFinal } ?? false
        }
    }

    /// Whether it stands in a path that was not taken.
    func isUntaken(_ node: Flowchart.Node) -> Bool { node.paths.contains { paths[$0] == .notTaken } }
}
