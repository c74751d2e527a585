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
    private var children: [TaskNumber: TaskRow] = [:]
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
        for child in try await runtime.store.children(of: task.number, limit: TaskDetail.linksMaximum) {
            children[child.number] = child
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
            cost: task.cost + task.childrenCost, isCostKnown: task.isCostKnown && task.isChildrenCostKnown)
        root.children = sorted(try await nodes(of: plan.steps, in: nil))
        if measure == .cost, !root.isCostKnown {
            notes.append("What has no price is hatched, and its width says nothing; what it has cost is unknown.")
        }
        return CostsView(
            task: task.number, measure: measure, root: root,
            own: CostView(task.cost, isKnown: task.isCostKnown, isUsed: task.modelCalls > 0), ownUsage: task.usage,
            withChildren: task.costWithChildren, lines: sorted(lines(listed, plan, root)), notes: notes)
    }

    private func sorted(_ nodes: [CostNode]) -> [CostNode] {
        nodes.filter(\.isUsed).sorted { size($0.usage, $0.cost) > size($1.usage, $1.cost) }
    }

    private func size(_ usage: TokenUsage, _ cost: Money) -> Int64 {
        measure == .tokens ? usage.total : cost.rawValue
    }

    private func nodes(of steps: [StepDefinition], in container: StepPath?) async throws -> [CostNode] {
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

    private func node(of step: StepDefinition, _ row: StepRow) async throws -> CostNode {
        var node = CostNode(row, name: step.name, kind: step.kind.name)
        node.children = turnNodes(of: row)
        switch step.kind {
        case .forEach(let loop): node.children += try await iterations(of: loop, row)
        case .branch:
            for part in try await runtime.store.steps(of: task.number, below: row.path, offset: 0, limit: 2).steps {
                var path = CostNode(part, name: String(part.path.name), kind: "path")
                let block = step.kind.blocks.first { $0.name == part.path.name }?.block
                path.children = sorted(try await nodes(of: block?.steps ?? [], in: part.path))
                node.children.append(path)
            }
        case .task:
            if let child = row.childTask.flatMap({ children[$0] }) {
                node.children.append(CostNode(child))
                node.take(child)
            }
        default: break
        }
        node.children = sorted(node.children)
        return node
    }

    private func iterations(of loop: LoopDefinition, _ row: StepRow) async throws -> [CostNode] {
        guard CostNode(row, name: "", kind: "").isUsed else { return [] }
        let listing = try await runtime.store.steps(
            of: task.number, below: row.path, offset: 0, limit: Self.iterationsRead)
        let used = listing.steps.sorted { size($0.usage, $0.cost) > size($1.usage, $1.cost) }
        var nodes: [CostNode] = []
        for (place, part) in used.prefix(Self.iterationsShown).enumerated() {
            var node = CostNode(part, name: "#\(part.ordinal)", kind: "iteration")
            guard node.isUsed else { continue }
            if place < Self.iterationsOpened {
                node.children = sorted(try await self.nodes(of: loop.body.steps, in: part.path))
            }
            nodes.append(node)
        }
        return nodes
    }

    private func turnNodes(of row: StepRow) -> [CostNode] {
        let own = turns[row.path] ?? []
        let runs = Set(own.map(\.run))
        func node(_ turn: TurnCost) -> CostNode {
            CostNode(
                id: "cost-turn", name: "Turn \(turn.number)", kind: turn.model,
                address: StepAddress(task: task.number, step: row.path).onTaskPage, usage: turn.usage,
                cost: turn.cost ?? .zero, isCostKnown: turn.cost != nil)
        }
        guard runs.count > 1 else { return own.map(node) }
        return runs.sorted { $0.rawValue < $1.rawValue }.map { run in
            let turns = own.filter { $0.run == run }
            var whole = CostNode(
                id: "cost-run", name: "Run \(run.rawValue)", kind: "run", usage: .zero, cost: .zero, isCostKnown: true)
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
    private func lines(_ turns: [TurnCost], _ plan: Plan, _ root: CostNode) -> [CostLine] {
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
        if turns.isEmpty { lines = root.children.filter { $0.kind != "task" }.map(CostLine.init) }
        for child in children.values {
            let node = CostNode(child)
            guard node.isUsed else { continue }
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
        return left.usage == .zero && left.cost == .zero ? [] : [left]
    }
}

extension CostNode {
    fileprivate init(_ row: StepRow, name: String, kind: String) {
        self.init(
            id: "cost-\(ElementID.step(row.path))", name: name, kind: kind.replacing("_", with: " "),
            address: StepAddress(task: row.task, step: row.path).onTaskPage, usage: row.usage, cost: row.cost,
            isCostKnown: row.isCostKnown)
    }

    /// A task that a step has made, with those that it has made.
    fileprivate init(_ child: TaskRow) {
        self.init(
            id: "cost-child-\(child.number.rawValue)", name: child.name, kind: "task \(child.number.description)",
            address: "/tasks/\(child.number.rawValue)?part=costs", usage: child.usage + child.childrenUsage,
            cost: child.cost + child.childrenCost, isCostKnown: child.isCostKnown && child.isChildrenCostKnown)
    }

    /// Adds what a child task has used, which its own row does not count.
    fileprivate mutating func take(_ child: TaskRow) {
        usage += child.usage + child.childrenUsage
        cost += child.cost + child.childrenCost
        if !child.isCostKnown || !child.isChildrenCostKnown { isCostKnown = false }
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
