internal import Core

/// How far the run of an agent has come.
struct AgentRun: Sendable {
    /// Answers of the model; checks for loops do not count.
    var turns = 0
    /// Tool calls that were begun.
    var toolCalls = 0
    /// The calls of the last turn that have no result yet, in their order.
    var open: [OpenCall] = []
    /// The last calls, oldest first: as many as the rules look at.
    var recent: [PastCall] = []
    /// How many calls there had been when a model was asked last whether they go round in circles.
    var checkedAt = 0
    /// Whether it has been told that it comes near a bound.
    var isWarned = false

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

    mutating func note(_ request: ToolRequest, keeping count: Int) {
        // A call that was cut off and is made again is no further one.
        guard !recent.contains(where: { $0.request.id == request.id && $0.hasFailed == nil }) else { return }
        let signature = ContentHash(of: JSON.array([.string(request.tool), .object(request.arguments)]).bytes)
        recent.append(PastCall(request: request, signature: signature))
        if recent.count > count { recent.removeFirst(recent.count - count) }
    }

    mutating func note(_ id: String, hasFailed: Bool) {
        guard let place = recent.lastIndex(where: { $0.request.id == id && $0.hasFailed == nil }) else { return }
        recent[place].hasFailed = hasFailed
    }
}
