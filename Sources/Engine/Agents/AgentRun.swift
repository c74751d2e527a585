internal import Core

/// How far the run of an agent has come.
struct AgentRun: Sendable {
    /// Answers of the model; checks for loops do not count.
    var turns = 0
    /// Tool calls that were begun.
    var toolCalls = 0
    /// Calls that were answered without being made: their arguments did not fit, or a person did not allow them.
    var refusedCalls = 0
    /// All calls that its model wanted and that were answered or begun.
    var seenCalls: Int { toolCalls + refusedCalls }
    /// Whether its model is asked, or about to be: a crash may cut that off.
    var isAsking = false
    /// The calls of the last turn that have no result yet, in their order.
    var open: [OpenCall] = []
    /// The last calls, oldest first: those of as many answers as the rules look at.
    var recent: [PastCall] = []
    /// How many calls there had been when a model was asked last whether they go round in circles.
    var checkedAt = 0
    /// Whether it has been told that it comes near a bound.
    var isWarned = false
    /// What a person has raised since, and it has not been told of yet.
    var raised: TaskLimits?

    /// The tools that its model was told of, by their names, with what their arguments must be: JSON Schemas.
    var schemas: [String: JSON] = [:]

    /// What its tools have kept.
    var files: [TaskFile] = []

    /// A call without a result.
    struct OpenCall: Sendable {
        var request: ToolRequest
        var hasStarted = false
        /// Whether a person has agreed to it.
        var isAgreed = false
        /// Whether it was cut off, may not be repeated, and nobody has said yet whether it has happened.
        var isInDoubt = false
        /// What its server asks a person before it goes on.
        var question: ToolQuestion?
    }

    /// A call that was made, as far as loops are concerned.
    struct PastCall: Sendable {
        var request: ToolRequest
        /// The turn that asked for it.
        var turn: Int
        /// The same for two calls of the same tool with the same arguments.
        var signature: ContentHash
        /// Nil while it is under way.
        var hasFailed: Bool?
    }

    /// Whether a call is under way.
    var isBusy: Bool { open.contains(where: \.hasStarted) }

    /// Calls under way were cut off: they are to be made again, or asked about where they may not be repeated.
    mutating func suspendCalls() {
        for place in open.indices where open[place].hasStarted {
            open[place].hasStarted = false
            open[place].isInDoubt = !open[place].request.isRepeatable && open[place].request.performer == .executor
        }
    }

    /// Whether a call of the latest turn has begun and come to nothing yet.
    func hasBegun(_ id: String) -> Bool {
        recent.reversed().prefix { $0.turn == turns }.contains { $0.request.id == id && $0.hasFailed == nil }
    }

    /// Notes a call that begins.
    mutating func note(_ request: ToolRequest, keeping bounds: RecentBounds) {
        // A call that was cut off and is made again is no further one.
        guard !hasBegun(request.id) else { return }
        if let last = recent.last, last.turn != turns { forget(beyond: bounds) }
        let signature = ContentHash(of: JSON.array([.string(request.tool), .object(request.arguments)]).bytes)
        recent.append(PastCall(request: request, turn: turns, signature: signature))
    }

    mutating func note(_ id: String, hasFailed: Bool) {
        guard let place = recent.lastIndex(where: { $0.request.id == id && $0.hasFailed == nil }) else { return }
        recent[place].hasFailed = hasFailed
    }

    /// How much is kept of the latest calls.
    struct RecentBounds: Sendable {
        /// All calls of so many rounds, which the rules look at.
        var rounds: Int
        /// And so many calls in any case, for the model that is asked.
        var calls: Int
    }

    /// Makes room for a further round.
    private mutating func forget(beyond bounds: RecentBounds) {
        var kept = 0
        var rounds = 0
        var turn: Int?
        for call in recent.reversed() {
            if call.turn != turn { rounds += 1 }
            guard rounds < bounds.rounds || kept < bounds.calls else { break }
            turn = call.turn
            kept += 1
        }
        recent.removeFirst(recent.count - kept)
    }
}
