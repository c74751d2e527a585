internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// Reads what the waterfall of a task shows: its rows from the rows of steps, their runs, waits and turns from the events
/// that tell of time, as far as there are not too many of them.
struct WaterfallPart {
    private static let rowsMaximum = 300
    /// Iterations that are listed of a loop inside the tree, and of one that is shown by itself.
    private static let iterationsInTree = 8
    private static let iterationsAtOnce = 25
    private static let eventsMaximum = 4_000
    private static let eventsAtOnce = 500
    /// Turns and tool calls that are listed of a step.
    private static let partsMaximum = 60

    private let task: TaskRow
    private let runtime: Runtime
    private var records: [StepPath: WaterfallRecord] = [:]
    private var rows: [WaterfallRow] = []
    private var notes: [String] = []
    private var isFull = false
    /// Whether there are events that were not read.
    private var isCut = false
    private var isWallTime = false

    static func load(_ task: TaskRow, _ request: Request, _ runtime: Runtime) async throws -> WaterfallView {
        var part = WaterfallPart(task: task, runtime: runtime)
        let after = request.query["after-iteration"].flatMap { Int($0) }
        let focus = request.query["in"].map(StepPath.init(rawValue:))
        part.isWallTime = request.query["time"] == "wall"
        return try await part.view(of: try await runtime.plan(of: task), in: focus, after: after)
    }

    private init(task: TaskRow, runtime: Runtime) {
        self.task = task
        self.runtime = runtime
    }

    private mutating func view(of plan: Plan, in focus: StepPath?, after: Int?) async throws -> WaterfallView {
        try await readEvents()
        var view = WaterfallView(
            task: task.number, from: task.created, to: task.ended ?? .now, isRunning: task.ended == nil, rows: [],
            focus: focus, after: focus == nil ? nil : after)
        if let focus {
            try await addFocus(focus, after: after, plan, to: &view)
        } else {
            addTask()
            try await add(plan.steps, in: nil, depth: 1, isAllowed: false)
        }
        view.rows = rows
        view.isWallTime = isWallTime
        view.idle = idle(from: view.from, to: view.to, in: focus)
        if isFull {
            notes.append(
                "Only the first \(Self.rowsMaximum) rows are shown. The magnifying glass shows a part by itself.")
        }
        view.notes = notes
        return view
    }

    private mutating func readEvents() async throws {
        var position = Position.zero
        var count = 0
        while count < Self.eventsMaximum {
            let events = try await runtime.store.events(
                after: position, of: task.number, kinds: WaterfallRecord.kinds, limit: Self.eventsAtOnce)
            for event in events {
                guard let step = event.step else { continue }
                // What lies in the blob store is too large for what is wanted of it here.
                try records[step, default: WaterfallRecord()].note(event) { try JSON(parsing: event.payload) }
            }
            count += events.count
            guard events.count == Self.eventsAtOnce, let last = events.last else { return }
            position = last.position
        }
        isCut = true
        notes.append(
            "Runs, waits and turns are read from the first \(Format.grouped(Int64(Self.eventsMaximum))) events; of later steps the whole stretch is shown."
        )
    }

    /// The stretches in which nothing that is shown was at work. Where not all is known there may be work in any.
    private func idle(from: Timestamp, to: Timestamp, in focus: StepPath?) -> [ClosedRange<Timestamp>] {
        guard !isCut else { return [] }
        let work = records.flatMap { step, record in
            guard focus.map({ $0 == step || $0.contains(step) }) ?? true else { return [] as [WaterfallBar] }
            return record.bars.filter { $0.kind == .work } + record.parts.map(\.bar)
        }
        return IdleStretches.find(from: from, to: to, work: work)
    }

    private mutating func addTask() {
        var bars: [WaterfallBar] = []
        let started = task.started
        bars.append(
            WaterfallBar(
                kind: .wait, state: .queued, from: task.created, to: started ?? task.ended, words: "Queued"))
        if let started {
            bars.append(
                WaterfallBar(kind: .whole, state: DisplayState(task), from: started, to: task.ended, words: "Task"))
        }
        rows.append(
            WaterfallRow(
                id: "wf-task", depth: 0, name: "Task \(task.number.description)", kind: "", state: DisplayState(task),
                bars: bars))
    }

    private mutating func add(
        _ steps: [StepDefinition], in container: StepPath?, depth: Int, isAllowed: Bool
    ) async throws {
        let listing = try await runtime.store.steps(
            of: task.number, below: container, offset: 0, limit: Limits.planStepsMaximum)
        let found = Dictionary(listing.steps.map { ($0.path, $0) }) { first, _ in first }
        for step in steps {
            let path = container?.appending(step.name) ?? StepPath(rawValue: step.name)
            guard let row = found[path] else { continue }
            try await add(step, row, depth: depth, isAllowed: isAllowed || step.continuesOnError)
        }
    }

    private mutating func add(_ step: StepDefinition, _ row: StepRow, depth: Int, isAllowed: Bool) async throws {
        guard add(row, name: String(row.path.name), kind: step.kind.name, depth: depth, isAllowed: isAllowed) else {
            return
        }
        switch step.kind {
        case .forEach(let loop):
            let parts = try await runtime.store.steps(
                of: task.number, below: row.path, offset: 0, limit: Self.iterationsInTree)
            let isAllowed = isAllowed || loop.continuesOnItemError
            try await add(parts.steps, of: loop, depth: depth + 1, isAllowed: isAllowed)
            let rest = parts.total - parts.steps.count
            guard rest > 0, !isFull else { return }
            rows.append(
                WaterfallRow(
                    id: "wf-more-\(ElementID.step(row.path))", depth: depth + 1,
                    name: "\(Format.count(rest, "iteration")) more", kind: "",
                    address: WaterfallAddress(
                        task: task.number, focus: row.path, after: parts.steps.last?.ordinal,
                        isWallTime: isWallTime
                    ).path,
                    bars: []))
        case .branch:
            for part in try await runtime.store.steps(of: task.number, below: row.path, offset: 0, limit: 2).steps {
                guard add(part, name: String(part.path.name), kind: "path", depth: depth + 1, isAllowed: isAllowed)
                else {
                    return
                }
                let block = step.kind.blocks.first { $0.name == part.path.name }?.block
                try await add(block?.steps ?? [], in: part.path, depth: depth + 2, isAllowed: isAllowed)
            }
        default: break
        }
    }

    private mutating func add(
        _ iterations: [StepRow], of loop: LoopDefinition, depth: Int, isAllowed: Bool
    ) async throws {
        for part in iterations {
            guard add(part, name: "#\(part.ordinal)", kind: "iteration", depth: depth, isAllowed: isAllowed) else {
                return
            }
            guard !part.isReused else { continue }
            try await add(loop.body.steps, in: part.path, depth: depth + 1, isAllowed: isAllowed)
        }
    }

    /// Adds the row of a step, and those of its turns and tool calls.
    /// - Returns: whether there was room for it.
    private mutating func add(
        _ row: StepRow, name: String, kind: String, depth: Int, isAllowed: Bool
    ) -> Bool {
        guard rows.count < Self.rowsMaximum else {
            isFull = true
            return false
        }
        let record = records[row.path]
        let isContainer = ["for_each", "branch", "iteration", "path"].contains(kind)
        var bars = record?.bars ?? []
        if let started = row.started, isContainer || bars.isEmpty {
            let state = DisplayState(row, isFailureAllowed: isAllowed)
            let whole = WaterfallBar(
                kind: isContainer ? .whole : .work, state: state, from: started, to: row.ended ?? row.waitingSince,
                words: kind == "iteration" ? "Iteration" : kind == "path" ? "Path" : "Whole stretch")
            // What a container itself waited for lies above what stands in it.
            bars = [whole] + bars.filter { $0.kind != .work }
        }
        rows.append(
            WaterfallRow(
                id: "wf-\(ElementID.step(row.path))", depth: depth, name: name, kind: kind.replacing("_", with: " "),
                state: DisplayState(row, isFailureAllowed: isAllowed),
                address: StepAddress(task: task.number, step: row.path).onTaskPage,
                focusAddress: isContainer ? address(of: row.path) : nil, bars: bars)
        )
        addParts(of: row.path, record, depth: depth + 1)
        return true
    }

    private func address(of focus: StepPath) -> String {
        WaterfallAddress(task: task.number, focus: focus, isWallTime: isWallTime).path
    }

    private mutating func addParts(of step: StepPath, _ record: WaterfallRecord?, depth: Int) {
        let parts = record?.parts.sorted { $0.bar.from < $1.bar.from } ?? []
        for (place, part) in parts.prefix(Self.partsMaximum).enumerated() where rows.count < Self.rowsMaximum {
            rows.append(
                WaterfallRow(
                    id: "wf-\(ElementID.step(step))-part-\(place)", depth: depth, name: part.name, kind: part.kind,
                    state: part.bar.state == .completed ? nil : part.bar.state, bars: [part.bar]))
        }
        guard parts.count > Self.partsMaximum else { return }
        notes.append(
            "Of “\(FlowWords.short(step.rawValue, 80))” the first \(Self.partsMaximum) turns and tool calls are shown.")
    }

    /// Adds what stands in a loop, a branch, an iteration or a path, on an axis of its own.
    private mutating func addFocus(
        _ focus: StepPath, after: Int?, _ plan: Plan, to view: inout WaterfallView
    ) async throws {
        guard let row = try await runtime.store.step(focus, of: task.number), let location = plan.location(of: focus)
        else {
            throw SignalboxError(
                .notFound, "Task \(task.number) has no step \"\(focus.rawValue.prefix(200))\" that has begun.")
        }
        var (from, to) = (row.started ?? task.created, row.ended)
        let step = location.step
        if let block = location.block {
            let kind = location.iteration == nil ? "path" : "iteration"
            _ = add(row, name: String(focus.name), kind: kind, depth: 0, isAllowed: false)
            try await add(block.steps, in: focus, depth: 1, isAllowed: false)
        } else if case .forEach(let loop) = step.kind {
            let listing = try await runtime.store.iterations(
                of: focus, of: task.number, after: after, isFailedOnly: false, limit: Self.iterationsAtOnce)
            try await add(listing.steps, of: loop, depth: 0, isAllowed: loop.continuesOnItemError)
            let (number, isWallTime) = (task.number, isWallTime)
            let address = {
                WaterfallAddress(task: number, focus: focus, after: $0, isWallTime: isWallTime).path
            }
            if let after {
                view.previous = address(after < Self.iterationsAtOnce ? nil : after - Self.iterationsAtOnce)
            }
            if let last = listing.steps.last?.ordinal, last + 1 < listing.total { view.next = address(last) }
            from = listing.steps.compactMap(\.started).min() ?? from
            let ends = listing.steps.map(\.ended)
            if !ends.isEmpty, !ends.contains(nil) { to = ends.compactMap(\.self).max() }
        } else {
            try await add(step, row, depth: 0, isAllowed: false)
        }
        view.from = from
        view.isRunning = to == nil && task.ended == nil
        view.to = to ?? task.ended ?? .now
    }
}
