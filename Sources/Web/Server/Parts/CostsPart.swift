internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// Reads what calls of models have used and cost: sums from the rows of steps, single calls from the journal as far as
/// there are not too many.
struct CostsPart {
    private static let turnsMaximum = 400
    /// Iterations of a loop that are looked at, those that are shown by themselves, and those with what stands in them.
    private static let iterationsRead = 1_000
    private static let iterationsShown = 40
    private static let iterationsOpened = 12

    private let task: TaskRow
    private let runtime: Runtime
    private let measure: CostMeasure
    private var turns: [StepPath: [TurnCost]] = [:]
    private var children = ChildCosts([])
    private var notes: [String] = []

    static func load(_ task: TaskRow, _ request: Request, _ runtime: Runtime) async throws -> CostsView {
        let named = request.query["by"].flatMap(CostMeasure.init(rawValue:))
        // Where nothing has a price, widths by cost would say nothing.
        let hasPrices = task.cost + task.childrenCost > .zero
        var part = CostsPart(task, runtime, by: named ?? (hasPrices ? .cost : .tokens))
        return try await part.view(of: try await runtime.plan(of: task))
    }

    private init(_ task: TaskRow, _ runtime: Runtime, by measure: CostMeasure) {
        self.task = task
        self.runtime = runtime
        self.measure = measure
    }

    private mutating func view(of plan: Plan) async throws -> CostsView {
        let made = try await runtime.store.children(of: task.number, limit: TaskDetail.linksMaximum + 1)
        children = ChildCosts(Array(made.prefix(TaskDetail.linksMaximum)))
        if made.count > TaskDetail.linksMaximum {
            notes.append("Of the tasks that it has made, the first \(TaskDetail.linksMaximum) are drawn.")
        }
        var listed: [TurnCost] = []
        if task.modelCalls <= Self.turnsMaximum {
            listed = try await runtime.turnCosts(of: task, maximum: Self.turnsMaximum)
            turns = Dictionary(grouping: listed, by: \.step)
        } else {
            notes.append(
                "With more than \(Self.turnsMaximum) calls of models, single turns are not drawn; steps and iterations are."
            )
        }
        var root = CostNode(
            id: "cost-task", name: "Task \(task.number.description)", kind: "", usage: task.usage + task.childrenUsage,
            cost: task.cost + task.childrenCost, isCostKnown: task.isCostKnown && task.isChildrenCostKnown,
            isCalled: task.modelCalls > 0)
        root.children = sorted(
            try await nodes(of: plan.steps, in: nil) + children.made(by: nil).map { CostNode($0) })
        if measure == .cost, !root.isCostKnown {
            notes.append("What has no price is hatched, and its width says nothing; what it has cost is unknown.")
        }
        return CostsView(
            task: task.number, measure: measure, root: root, own: CostView(task), ownUsage: task.usage,
            withChildren: task.costWithChildren, lines: sorted(try await lines(listed, plan, root)), notes: notes)
    }

    private func sorted(_ nodes: [CostNode]) -> [CostNode] {
        nodes.filter(\.isUsed).sorted { size($0.usage, $0.cost) > size($1.usage, $1.cost) }
    }

    private func size(_ usage: TokenUsage, _ cost: Money) -> Int64 {
        measure == .tokens ? usage.total : cost.rawValue
    }

    private mutating func nodes(of steps: [StepDefinition], in container: StepPath?) async throws -> [CostNode] {
        let listing = try await runtime.store.steps(
            of: task.number, below: container, offset: 0, limit: Limits.planStepsMaximum)
        let rows = Dictionary(listing.steps.map { ($0.path.name, $0) }) { first, _ in first }
        var nodes: [CostNode] = []
        for step in steps {
            guard let row = rows[step.name[...]] else { continue }
            nodes.append(try await node(of: step, row))
        }
        return nodes
    }

    /// What a row has used, with the tasks that were made in it.
    private func node(_ row: StepRow, name: String, kind: String) -> CostNode {
        var node = CostNode(row, name: name, kind: kind)
        for child in children.made(in: row.path) { node.take(child) }
        return node
    }

    private mutating func node(of step: StepDefinition, _ row: StepRow) async throws -> CostNode {
        var node = node(row, name: step.name, kind: step.kind.name)
        node.children = turnNodes(of: row)
        switch step.kind {
        case .forEach(let loop): node.children += try await iterations(of: loop, row)
        case .branch:
            for part in try await runtime.store.steps(of: task.number, below: row.path, offset: 0, limit: 2).steps {
                var path = self.node(part, name: String(part.path.name), kind: "path")
                let block = step.kind.blocks.first { $0.name == part.path.name }?.block
                path.children = sorted(try await nodes(of: block?.steps ?? [], in: part.path))
                node.children.append(path)
            }
        default: break
        }
        node.children = sorted(node.children + children.made(by: row.path).map { CostNode($0) })
        return node
    }

    private mutating func iterations(of loop: LoopDefinition, _ row: StepRow) async throws -> [CostNode] {
        guard node(row, name: "", kind: "").isUsed else { return [] }
        let listing = try await runtime.store.steps(
            of: task.number, below: row.path, offset: 0, limit: Self.iterationsRead)
        var parts = listing.steps
        let read = Set(parts.map(\.path))
        for path in children.parts(of: row.path).subtracting(read) {
            if let part = try await runtime.store.step(path, of: task.number) { parts.append(part) }
        }
        var used = parts.map { (part: $0, node: node($0, name: "#\($0.ordinal)", kind: "iteration")) }
            .filter { $0.node.isUsed }
            .sorted { size($0.node.usage, $0.node.cost) > size($1.node.usage, $1.node.cost) }
        if used.count > Self.iterationsOpened { note(Self.iterationsNote) }
        used = Array(used.prefix(Self.iterationsShown))
        for place in used.indices.prefix(Self.iterationsOpened) {
            used[place].node.children = sorted(try await nodes(of: loop.body.steps, in: used[place].part.path))
        }
        return used.map(\.node)
    }

    private static let iterationsNote = """
        Of a loop, the \(iterationsShown) iterations that used most are drawn, and \(iterationsOpened) of them with what \
        stands in them.
        """

    private mutating func note(_ sentence: String) {
        if !notes.contains(sentence) { notes.append(sentence) }
    }

    private func turnNodes(of row: StepRow) -> [CostNode] {
        let own = turns[row.path] ?? []
        let runs = Set(own.map(\.run))
        func node(_ turn: TurnCost) -> CostNode {
            CostNode(
                id: "cost-turn", name: "Turn \(turn.number)", kind: turn.model,
                address: StepAddress(task: task.number, step: row.path).onTaskPage, usage: turn.usage,
                cost: turn.cost ?? .zero, isCostKnown: turn.cost != nil, isCalled: true)
        }
        guard runs.count > 1 else { return own.map(node) }
        return runs.sorted { $0.rawValue < $1.rawValue }.map { run in
            let turns = own.filter { $0.run == run }
            var whole = CostNode(
                id: "cost-run", name: "Run \(run.rawValue)", kind: "run", usage: .zero, cost: .zero, isCostKnown: true,
                isCalled: true)
            for turn in turns {
                whole.usage += turn.usage
                whole.cost += turn.cost ?? .zero
                if turn.cost == nil { whole.isCostKnown = false }
            }
            whole.children = turns.map(node)
            return whole
        }
    }
}

extension CostsPart {
    private func sorted(_ lines: [CostLine]) -> [CostLine] {
        lines.sorted { size($0.usage, $0.cost) > size($1.usage, $1.cost) }
    }

    /// The table's lines: single calls by step, agent and model; the child tasks; and what is left, so that they add up.
    private func lines(_ turns: [TurnCost], _ plan: Plan, _ root: CostNode) async throws -> [CostLine] {
        var lines: [CostLine] = []
        var places: [String: Int] = [:]
        for turn in turns {
            let location = plan.location(of: turn.step)
            let step = location?.place ?? turn.step.rawValue
            let key = "\(step)\n\(turn.model)"
            if places[key] == nil {
                places[key] = lines.count
                lines.append(
                    CostLine(
                        step: step, address: StepAddress(task: task.number, step: turn.step).onTaskPage,
                        agent: location?.step.agentName, model: turn.model, calls: 0, usage: .zero, cost: .zero,
                        isCostKnown: true))
            }
            guard let place = places[key] else { continue }
            lines[place].calls = (lines[place].calls ?? 0) + 1
            lines[place].usage += turn.usage
            lines[place].cost += turn.cost ?? .zero
            if turn.cost == nil { lines[place].isCostKnown = false }
        }
        if turns.isEmpty {
            let rows = try await runtime.store.steps(
                of: task.number, below: nil, offset: 0, limit: Limits.planStepsMaximum
            ).steps
            // What tasks have used that were made in them stands in a line of its own.
            lines = rows.map { CostNode($0, name: String($0.path.name), kind: $0.kind) }.filter(\.isUsed)
                .map(CostLine.init)
        }
        for child in children.tasks {
            var node = CostNode(child)
            guard node.isUsed else { continue }
            node.name = child.lineName
            lines.append(CostLine(node))
        }
        return lines + rest(lines, of: root)
    }

    private func rest(_ lines: [CostLine], of root: CostNode) -> [CostLine] {
        let usage = lines.reduce(into: TokenUsage.zero) { $0 += $1.usage }
        let cost = lines.reduce(Money.zero) { $0 + $1.cost }
        var left = CostLine(
            step: "Not listed", usage: TokenUsage.zero, cost: root.cost - cost,
            isCostKnown: root.isCostKnown || lines.contains { !$0.isCostKnown })
        for (_, kind) in TokenUsage.kinds {
            left.usage[keyPath: kind] = root.usage[keyPath: kind] - usage[keyPath: kind]
        }
        return left.usage == .zero && left.cost == .zero && left.isCostKnown ? [] : [left]
    }
}

extension CostNode {
    fileprivate init(_ row: StepRow, name: String, kind: String) {
        self.init(
            id: "cost-\(ElementID.step(row.path))", name: name, kind: kind.replacing("_", with: " "),
            address: StepAddress(task: row.task, step: row.path).onTaskPage, usage: row.usage, cost: row.cost,
            isCostKnown: row.isCostKnown, isCalled: row.modelCalls > 0)
    }

    /// A task that a step has made, with those that it has made.
    fileprivate init(_ child: TaskRow) {
        self.init(
            id: "cost-child-\(child.number.rawValue)", name: child.name, kind: "task \(child.number.description)",
            address: "/tasks/\(child.number.rawValue)?part=costs", usage: child.usage + child.childrenUsage,
            cost: child.cost + child.childrenCost, isCostKnown: child.isCostKnown && child.isChildrenCostKnown,
            isCalled: child.modelCalls > 0)
    }

    /// Adds what a child task has used, which its own row does not count.
    fileprivate mutating func take(_ child: TaskRow) {
        usage += child.usage + child.childrenUsage
        cost += child.cost + child.childrenCost
        if !child.isCostKnown || !child.isChildrenCostKnown { isCostKnown = false }
        if child.modelCalls > 0 { isCalled = true }
    }
}

extension TaskRow {
    /// Its number, its name, and the step that has made it: many have the same name.
    fileprivate var lineName: String {
        let maker = parentStep.map { ", made by \($0)" } ?? ""
        return "\(number) \(FlowWords.short(name, 40))\(maker)"
    }
}

extension CostLine {
    fileprivate init(_ node: CostNode) {
        self.init(
            step: node.name, address: node.address, model: nil, calls: nil, usage: node.usage, cost: node.cost,
            isCostKnown: node.isCostKnown)
    }
}

extension StepDefinition {
    /// The agent that it asks.
    fileprivate var agentName: String? {
        switch kind {
        case .agent(let call): call.agent
        case .branch(let branch): branch.chooser?.agent
        default: nil
        }
    }
}
