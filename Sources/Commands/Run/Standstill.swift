internal import Client
internal import Core

/// What a task stands still for: nothing of it goes on unless somebody acts.
struct Standstill: Sendable {
    /// The requests to people, those of children included.
    var requests: [Approval] = []
    /// What is waited for from outside, when nobody can send it meanwhile.
    var signals: [TaskWait] = []

    /// How deep children are looked into.
    private static let depthMaximum = 16

    /// Finds out whether a task stands still; nil while something of it goes on, or will by itself: a timer, a retry, a
    /// step that waits for room, a child at work.
    /// - Parameter hearsSignals: whether signals can arrive, as they can where a server is.
    static func of(_ task: TaskDetails, client: SignalboxClient, hearsSignals: Bool) async throws -> Standstill? {
        try await of(task, client: client, hearsSignals: hearsSignals, depth: 0)
    }

    private static func of(
        _ task: TaskDetails, client: SignalboxClient, hearsSignals: Bool, depth: Int
    ) async throws -> Standstill? {
        guard task.summary.status == .waiting, depth < depthMaximum else { return nil }
        let goOn = [WaitReason.timer, .retry, .capacity].map(\.rawValue)
        guard !task.summary.waitingReasons.contains(where: goOn.contains) else { return nil }
        var found = Standstill()
        for wait in task.waits {
            switch wait.blocker {
            case .request(let id):
                let known = task.requests.first { $0.id == id }
                let request = if let known { known } else { try await client.approval(id) }
                if request.isOpen { found.requests.append(request) }
            case .task(let child):
                guard try await found.take(child, client: client, hearsSignals: hearsSignals, depth: depth + 1) else {
                    return nil
                }
            case .signal:
                // One that is not waited for without end makes the step fail at its time.
                guard !hearsSignals, wait.until == nil else { return nil }
                found.signals.append(wait)
            // A budget is waited for as long as something is under way; with nothing at work here, that is a task below.
            case nil:
                let under = task.children.filter { $0.ended == nil }
                guard wait.reason == .budget, !under.isEmpty else { return nil }
                for child in under {
                    guard
                        try await found.take(
                            child.number, client: client, hearsSignals: hearsSignals, depth: depth + 1)
                    else { return nil }
                }
            }
        }
        return found.requests.isEmpty && found.signals.isEmpty ? nil : found
    }

    /// Adds what a task below stands still for.
    /// - Returns: whether it does.
    private mutating func take(
        _ child: TaskNumber, client: SignalboxClient, hearsSignals: Bool, depth: Int
    ) async throws -> Bool {
        let details = try await client.task("\(child.rawValue)")
        guard let below = try await Self.of(details, client: client, hearsSignals: hearsSignals, depth: depth) else {
            return false
        }
        for request in below.requests where !requests.contains(where: { $0.id == request.id }) {
            requests.append(request)
        }
        signals += below.signals
        return true
    }
}
