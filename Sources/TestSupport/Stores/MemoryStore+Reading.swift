public import Core
public import Store

extension MemoryStore {
    public func task(_ id: TaskID) -> TaskRow? { now.tasks.values.first { $0.id == id } }

    public func children(of task: TaskNumber, limit: Int) -> [TaskRow] {
        tasks(limit: limit) { $0.parent == task }
    }

    public func reruns(of task: TaskNumber, limit: Int) -> [TaskRow] {
        tasks(limit: limit) { $0.rerunOf == task }
    }

    private func tasks(limit: Int, where isMeant: (TaskRow) -> Bool) -> [TaskRow] {
        Array(now.tasks.values.filter(isMeant).sorted { $0.number < $1.number }.prefix(limit))
    }

    public func tombstone(_ number: TaskNumber) -> TombstoneRow? { now.tombstones[number] }

    public func unfinishedTasks() -> [TaskNumber] {
        tasks(limit: .max) { $0.ended == nil }.map(\.number)
    }

    public func activeTasks() -> [TaskNumber] {
        tasks(limit: .max) { $0.ended == nil && !$0.isIdle }.map(\.number)
    }

    public func dueTasks(at time: Timestamp, from first: TaskNumber, limit: Int) -> [TaskNumber] {
        let due = now.tasks.values.filter { $0.number >= first }.compactMap { task in
            task.wakeAt.map { (wake: $0, number: task.number) }
        }
        .filter { $0.wake <= time }.sorted { ($0.wake, $0.number) < ($1.wake, $1.number) }
        return due.prefix(limit).map(\.number)
    }

    public func nextWake(from first: TaskNumber) -> Timestamp? {
        now.tasks.values.filter { $0.number >= first }.compactMap(\.wakeAt).min()
    }

    public func plansOfFinishedTasks() -> [String] {
        Set(now.tasks.values.filter { $0.ended != nil }.map(\.planName)).sorted(by: isBefore)
    }

    public func finishedTasks(before time: Timestamp, plan: String?, limit: Int) -> [TaskNumber] {
        let finished = now.tasks.values.compactMap { task in task.ended.map { (task: task, ended: $0) } }
            .filter { $0.ended < time && (plan == nil || $0.task.planName == plan) }
            .sorted {
                guard $0.task.planName == $1.task.planName else { return isBefore($0.task.planName, $1.task.planName) }
                return ($0.ended, $0.task.number) < ($1.ended, $1.task.number)
            }
        return finished.prefix(limit).map(\.task.number)
    }

    public func steps(of task: TaskNumber, limit: Int) -> [StepRow] {
        let steps = (now.steps[task] ?? [:]).values.sorted {
            let (left, right) = ($0.parent?.rawValue ?? "", $1.parent?.rawValue ?? "")
            return left == right ? isBefore($0, $1) : isBefore(left, right)
        }
        return Array(steps.prefix(limit))
    }

    public func steps(of task: TaskNumber, below container: StepPath?, offset: Int, limit: Int) -> StepListing {
        let steps = (now.steps[task] ?? [:]).values.filter { $0.parent == container }
            .sorted { isBefore($0, $1) }
        return StepListing(steps: Array(steps.dropFirst(offset).prefix(limit)), total: steps.count)
    }

    public func iterations(
        of loop: StepPath, of task: TaskNumber, after index: Int?, isFailedOnly: Bool, limit: Int
    ) -> StepListing {
        let meant = (now.steps[task] ?? [:]).values
            .filter { $0.parent == loop && (!isFailedOnly || $0.status == "failed") }
            .sorted { isBefore($0, $1) }
        return StepListing(steps: Array(meant.drop { $0.ordinal <= index ?? -1 }.prefix(limit)), total: meant.count)
    }

    public func step(_ path: StepPath, of task: TaskNumber) -> StepRow? { now.steps[task]?[path] }

    public func decisions(_ query: DecisionQuery) -> DecisionListing {
        let now = now
        let meant = now.decisions.values.flatMap(\.values)
            .filter { query.task == nil || $0.task == query.task }
            .filter { !query.isOpenOnly || $0.state == DecisionRow.openState }
            .filter { !query.isSettledOnly || $0.state != DecisionRow.openState }
            .filter { query.kind == nil || $0.kind == query.kind }
            .filter { query.plan == nil || now.tasks[$0.task]?.planName == query.plan }
            .sorted { left, right in
                guard query.task == nil, left.requestedAt != right.requestedAt else {
                    return (left.task.rawValue, left.ordinal) < (right.task.rawValue, right.ordinal)
                }
                return left.requestedAt < right.requestedAt
            }
        let ordered = query.isNewestFirst ? meant.sorted { $1.latest < $0.latest } : meant
        return DecisionListing(
            decisions: Array(ordered.dropFirst((query.page - 1) * query.size).prefix(query.size)), total: meant.count,
            position: now.newestPosition)
    }

    public func openDecisionCounts() -> [DecisionCount] {
        let now = now
        let open = now.decisions.values.flatMap(\.values).filter { $0.state == DecisionRow.openState }
        let groups = Dictionary(grouping: open) { [$0.kind, now.tasks[$0.task]?.planName ?? ""] }
        return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { DecisionCount(kind: $0.key[0], plan: $0.key[1], count: $0.value.count) }
    }

    public func decision(_ id: String) -> DecisionRow? {
        DecisionRow.parse(id: id).flatMap { now.decisions[$0.task]?[$0.ordinal] }
    }

    public func signalWaits(of task: TaskNumber) -> [SignalWaitRow] {
        (now.signalWaits[task] ?? [:]).values.sorted { isBefore($0.step.rawValue, $1.step.rawValue) }
    }

    public func events(after position: Position, of task: TaskNumber?, limit: Int) -> [EventRow] {
        let now = now
        guard let task else { return Array(now.events[now.firstEvent(after: position)...].prefix(limit)) }
        return Array((now.eventsByTask[task] ?? []).drop { $0.position <= position }.prefix(limit))
    }

    public func events(
        after position: Position, of task: TaskNumber, kinds: [String], limit: Int
    ) -> [EventRow] {
        let events = now.eventsByTask[task] ?? []
        return Array(events.filter { $0.position > position && kinds.contains($0.kind) }.prefix(limit))
    }

    public func events(
        of task: TaskNumber, step: StepPath, since: Timestamp?, until: Timestamp?, limit: Int
    ) -> [EventRow] {
        let events = (now.eventsByTask[task] ?? []).filter { event in
            event.step == step && since.map { event.at >= $0 } ?? true && until.map { event.at <= $0 } ?? true
        }
        return Array(events.prefix(limit))
    }

    public func events(_ query: EventQuery) -> [EventRow] {
        let events = (now.eventsByTask[query.task] ?? []).filter { event in
            guard event.sequence >= query.from, event.sequence < query.before ?? .max else { return false }
            guard query.kinds?.contains(event.kind) ?? true else { return false }
            guard let step = query.step else { return true }
            return event.step.map { $0 == step || step.contains($0) } ?? false
        }
        return events.suffix(query.limit)
    }

    public func newestEvent(of task: TaskNumber, kind: String, step: StepPath?, until: Timestamp?) -> EventRow? {
        now.eventsByTask[task]?.last { event in
            event.kind == kind && event.step == step && until.map { event.at <= $0 } ?? true
        }
    }

    public func waitingSteps(of task: TaskNumber, limit: Int) -> [StepRow] {
        steps(of: task, limit: .max).filter { $0.waitingReason != nil }
            .sorted { left, right in
                let (first, second) = (left.parent?.rawValue ?? "", right.parent?.rawValue ?? "")
                return first == second
                    ? isBefore(left.path.rawValue, right.path.rawValue) : isBefore(first, second)
            }
            .prefix(limit).map(\.self)
    }

    public func stepCount(of task: TaskNumber, kind: String) -> Int {
        (now.steps[task] ?? [:]).values.count { $0.kind == kind }
    }
}

private func isBefore(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
}

/// Of two steps in the same container.
private func isBefore(_ left: StepRow, _ right: StepRow) -> Bool {
    left.ordinal == right.ordinal ? isBefore(left.path.rawValue, right.path.rawValue) : left.ordinal < right.ordinal
}

extension DecisionRow {
    /// When it was settled, else asked; of equal ones that of the later task, and the later one of it.
    fileprivate var latest: (Timestamp, Int64, Int) { (decidedAt ?? requestedAt, task.rawValue, ordinal) }
}
