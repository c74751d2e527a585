internal import Core
internal import Store

/// What a `MemoryStore` holds. Where an order matters that depends on texts, it is that of their bytes, as databases have it.
struct MemoryContents: Sendable {
    /// By position.
    var events: [EventRow] = []
    /// By sequence.
    var eventsByTask: [TaskNumber: [EventRow]] = [:]
    var tasks: [TaskNumber: TaskRow] = [:]
    var texts: [TaskNumber: TaskText] = [:]
    /// What tasks are filtered by, kept so that looking at each of many takes no time.
    var facetValues: [TaskNumber: [TaskFacetValue]] = [:]
    var steps: [TaskNumber: [StepPath: StepRow]] = [:]
    var decisions: [TaskNumber: [Int: DecisionRow]] = [:]
    var signalWaits: [TaskNumber: [StepPath: SignalWaitRow]] = [:]
    var keptSignals: [Int64: KeptSignalRow] = [:]
    var blobs: [TaskNumber: Set<ContentHash>] = [:]
    var unusedBlobs: [ContentHash: Timestamp] = [:]
    var plans: [ContentHash: PlanRow] = [:]
    var savedPlans: [String: SavedPlanRow] = [:]
    /// Of plans and agents, by their moments.
    var savings: [LibraryKind: [ContentHash: [Timestamp: SavingRow]]] = [:]
    var apps: [String: AppRow] = [:]
    /// By agent, and by name.
    var memories: [String: [String: MemoryRow]] = [:]
    var agents: [ContentHash: AgentRow] = [:]
    var views: [String: ViewRow] = [:]
    var requestKeys: [[UInt8]: RequestKey] = [:]
    var tombstones: [TaskNumber: TombstoneRow] = [:]
    var usage = UsageSums()
    var usageOfDeleted: [UsageRow] = []
    var usageProgress = UsageProgress.complete
    var highWater = Position.zero
    var newestDeletedPosition = Position.zero

    var newestPosition: Position { max(highWater, events.last?.position ?? .zero) }

    /// Refuses what a database refuses: keys that are given twice.
    func check(_ batch: WriteBatch) throws {
        var positions: Set<Position> = []
        var places: Set<[Int64]> = []
        for event in batch.events {
            let isKnown =
                hasEvent(at: event.position)
                || eventsByTask[event.task]?.contains { $0.sequence == event.sequence } == true
            guard !isKnown, positions.insert(event.position).inserted,
                places.insert([event.task.rawValue, event.sequence]).inserted
            else { throw Self.clash("an event") }
        }
        var keys = Set(requestKeys.keys)
        for key in batch.requestKeys where !keys.insert(Array(key.key.utf8)).inserted { throw Self.clash("a key") }
        var signals = Set(keptSignals.keys)
        for signal in batch.keptSignals where !signals.insert(signal.id).inserted { throw Self.clash("a signal") }
        var deleted = Set(tombstones.keys)
        for stone in batch.deletions where !deleted.insert(stone.number).inserted { throw Self.clash("a tombstone") }
    }

    private static func clash(_ what: String) -> SignalboxError {
        SignalboxError(.storage, "The store has \(what) in that place already.")
    }

    private func hasEvent(at position: Position) -> Bool {
        let place = firstEvent(after: Position(rawValue: position.rawValue - 1))
        return place < events.count && events[place].position == position
    }

    /// The place of the first event behind a position.
    func firstEvent(after position: Position) -> Int {
        var (low, high) = (0, events.count)
        while low < high {
            let middle = (low + high) / 2
            if events[middle].position > position { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Applies a batch that was checked.
    mutating func apply(_ batch: WriteBatch) {
        for plan in batch.plans { put(plan) }
        for plan in batch.savedPlans { savedPlans[plan.name] = plan }
        for app in batch.apps { apps[app.name] = app }
        for event in batch.events { put(event) }
        for task in batch.tasks { put(task) }
        for text in batch.texts { texts[text.task] = text }
        for step in batch.steps { steps[step.task, default: [:]][step.path] = step }
        for decision in batch.decisions { decisions[decision.task, default: [:]][decision.ordinal] = decision }
        for (task, step) in batch.signalWaitsEnded { signalWaits[task]?[step] = nil }
        for wait in batch.signalWaits { signalWaits[wait.task, default: [:]][wait.step] = wait }
        for signal in batch.keptSignals { keptSignals[signal.id] = signal }
        for id in batch.keptSignalsTaken { keptSignals[id] = nil }
        for (hash, task) in batch.blobReferences { refer(to: hash, from: task) }
        for key in batch.requestKeys { requestKeys[Array(key.key.utf8)] = key }
        for (agent, name) in batch.memoriesForgotten { memories[agent]?[name] = nil }
        for memory in batch.memories { memories[memory.agent, default: [:]][memory.name] = memory }
        for name in batch.agentsArchived {
            for hash in agents.values.filter({ $0.name == name }).map(\.hash) { agents[hash]?.isListed = false }
        }
        for agent in batch.agents { put(agent) }
        for row in batch.usage { usage.add(row.amount, to: row.key) }
        usageOfDeleted += batch.usageOfDeleted
        usageProgress = batch.usageProgress ?? usageProgress
        for name in batch.viewsDeleted { views[name] = nil }
        for view in batch.views { views[view.name] = view }
        if !batch.deletions.isEmpty {
            let news = batch.deletionNews.last?.position ?? .zero
            (highWater, newestDeletedPosition) = (max(newestPosition, news), max(newestDeletedPosition, news))
        }
        for stone in batch.deletions { delete(stone) }
        for hash in batch.removedBlobs { unusedBlobs[hash] = nil }
    }

    private mutating func put(_ plan: PlanRow) {
        if plan.isListed { savings[.plan, default: [:]][plan.hash, default: [:]][plan.savedAt] = plan.saving }
        guard var known = plans[plan.hash] else {
            plans[plan.hash] = plan
            return
        }
        guard plan.isListed else { return }
        (known.savedAt, known.isListed) = (plan.savedAt, true)
        (known.author, known.note) = (plan.author, plan.note)
        plans[plan.hash] = known
    }

    private mutating func put(_ agent: AgentRow) {
        if !agent.isBroughtBack {
            savings[.agent, default: [:]][agent.hash, default: [:]][agent.savedAt] = agent.saving
        }
        var known = agents[agent.hash] ?? agent
        (known.savedAt, known.isListed) = (agent.savedAt, agent.isListed)
        (known.author, known.note) = (agent.author, agent.note)
        agents[agent.hash] = known
    }

    private mutating func put(_ event: EventRow) {
        events.insert(event, at: firstEvent(after: event.position))
        let sequence = event.sequence
        var own = eventsByTask[event.task] ?? []
        own.insert(event, at: own.lastIndex { $0.sequence < sequence }.map { $0 + 1 } ?? 0)
        eventsByTask[event.task] = own
    }

    /// What was fixed when the task was made stays.
    private mutating func put(_ task: TaskRow) {
        var task = task
        if let known = tasks[task.number] {
            (task.id, task.planName, task.planHash) = (known.id, known.planName, known.planHash)
            (task.source, task.trigger, task.created) = (known.source, known.trigger, known.created)
            (task.parent, task.parentStep) = (known.parent, known.parentStep)
            (task.rerunOf, task.rerunFrom) = (known.rerunOf, known.rerunFrom)
            (task.usesDefaultModel, task.app) = (known.usesDefaultModel, known.app)
        }
        tasks[task.number] = task
        facetValues[task.number] = task.facetValues
    }

    mutating func refer(to hash: ContentHash, from task: TaskNumber) {
        blobs[task, default: []].insert(hash)
        unusedBlobs[hash] = nil
    }

    func blobsOnly(of task: TaskNumber) -> [ContentHash] {
        (blobs[task] ?? []).filter { hash in !blobs.contains { $0.key != task && $0.value.contains(hash) } }
            .sorted { $0.rawValue < $1.rawValue }
    }

    private mutating func delete(_ stone: TombstoneRow) {
        let task = stone.number
        for hash in blobsOnly(of: task) { unusedBlobs[hash] = stone.deletedAt }
        newestDeletedPosition = max(newestDeletedPosition, eventsByTask[task]?.last?.position ?? .zero)
        events.removeAll { $0.task == task }
        (eventsByTask[task], tasks[task], steps[task], decisions[task]) = (nil, nil, nil, nil)
        (signalWaits[task], blobs[task], texts[task], facetValues[task]) = (nil, nil, nil, nil)
        tombstones[task] = stone
    }
}
