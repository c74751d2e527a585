internal import Plans
internal import Runtime

/// Makes the flowchart of a plan: steps follow those that they need, paths of a branch part and come together again, loops
/// are one box until they are opened.
struct FlowchartBuilder {
    private let isOpened: (String) -> Bool
    private var chart = Flowchart()

    /// - Parameter isOpened: whether the body of the loop at that place is drawn.
    static func chart(of plan: Plan, isOpened: (String) -> Bool) -> Flowchart {
        withoutActuallyEscaping(isOpened) { isOpened in
            var builder = FlowchartBuilder(isOpened: isOpened)
            let root = Flowchart.Node(role: .start, place: "", paths: [], loops: [])
            let start = builder.add(root)
            let exits = builder.add(plan.steps, below: "", like: root, entry: start)
            let end = builder.add(Flowchart.Node(role: .end, place: "", paths: [], loops: []))
            builder.connect(exits, to: end)
            return builder.chart
        }
    }

    private init(isOpened: @escaping (String) -> Bool) {
        self.isOpened = isOpened
    }

    private mutating func add(_ node: Flowchart.Node) -> Int {
        chart.nodes.append(node)
        return chart.nodes.count - 1
    }

    private mutating func connect(_ tails: [Int], to head: Int) {
        for tail in tails { chart.edges.append(GraphSketch.Edge(tail, head)) }
    }

    /// Adds the steps of a block.
    /// - Parameters:
    ///   - surroundings: stands in the same paths, loops and frame.
    ///   - entry: what the first ones follow.
    /// - Returns: what the block ends with; the entry itself when it has no steps.
    private mutating func add(
        _ steps: [StepDefinition], below prefix: String, like surroundings: Flowchart.Node, entry: Int
    ) -> [Int] {
        var exits: [String: Int] = [:]
        var needed: Set<String> = []
        let needs = Self.directNeeds(of: steps)
        for step in Self.ordered(steps, needs) {
            let direct = needs[step.name] ?? []
            needed.formUnion(direct)
            let tails = direct.compactMap { exits[$0] }
            exits[step.name] = add(
                step, at: prefix + step.name, like: surroundings, after: tails.isEmpty ? [entry] : tails)
        }
        let last = steps.filter { !needed.contains($0.name) }.compactMap { exits[$0.name] }
        return last.isEmpty ? [entry] : last
    }

    /// Adds a step with what stands in it.
    /// - Returns: what the next step follows.
    private mutating func add(
        _ step: StepDefinition, at place: String, like surroundings: Flowchart.Node, after tails: [Int]
    ) -> Int {
        var node = surroundings
        node.role = .step(step)
        node.place = place
        switch step.kind {
        case .branch(let branch):
            let header = add(node)
            connect(tails, to: header)
            return add(branch, at: place, like: node, header: header)
        case .forEach(let loop) where isOpened(place):
            chart.frames.append(Flowchart.Frame(loop: place, holder: surroundings.frame))
            node.isOpened = true
            node.frame = chart.frames.count - 1
            let header = add(node)
            connect(tails, to: header)
            var inside = node
            inside.isOpened = false
            inside.loops.append(place)
            let exits = add(loop.body.steps, below: place + "/", like: inside, entry: header)
            return join(exits, of: place, like: node)
        default:
            let only = add(node)
            connect(tails, to: only)
            return only
        }
    }

    private mutating func add(
        _ branch: BranchDefinition, at place: String, like surroundings: Flowchart.Node, header: Int
    ) -> Int {
        var exits: [Int] = []
        for (ordinal, path) in branch.allPaths.enumerated() {
            var node = surroundings
            node.role = .path(path, isOtherwise: ordinal == branch.paths.count)
            node.place = "\(place)/\(path.name)"
            node.paths.append(node.place)
            let entry = add(node)
            connect([header], to: entry)
            exits += add(path.block.steps, below: node.place + "/", like: node, entry: entry)
        }
        // When no condition holds the task goes on past the branch.
        if branch.otherwise == nil, branch.chooser == nil { exits.append(header) }
        return join(exits, of: place, like: surroundings)
    }

    private mutating func join(_ tails: [Int], of place: String, like surroundings: Flowchart.Node) -> Int {
        var node = surroundings
        node.role = .join
        node.place = place
        node.isOpened = false
        let join = add(node)
        connect(tails, to: join)
        return join
    }
}

extension FlowchartBuilder {
    /// Of each step those it needs that none of its other needs needs: the arrows that say all there is to say.
    private static func directNeeds(of steps: [StepDefinition]) -> [String: [String]] {
        let names = Set(steps.map(\.name))
        let needs = Dictionary(steps.map { ($0.name, $0.needs.filter(names.contains)) }) { first, _ in first }
        var reached: [String: Set<String>] = [:]
        func all(_ name: String, _ depth: Int) -> Set<String> {
            if let known = reached[name] { return known }
            // A plan that is being written may have a circle, which its editor tells.
            guard depth <= steps.count else { return [] }
            let direct = needs[name] ?? []
            let found = direct.reduce(into: Set(direct)) { $0.formUnion(all($1, depth + 1)) }
            reached[name] = found
            return found
        }
        return needs.mapValues { direct in
            direct.filter { need in !direct.contains { $0 != need && all($0, 0).contains(need) } }
        }
    }

    /// The steps, each behind those it needs; else as they were written.
    private static func ordered(_ steps: [StepDefinition], _ needs: [String: [String]]) -> [StepDefinition] {
        var rest = steps
        var ordered: [StepDefinition] = []
        var done: Set<String> = []
        while !rest.isEmpty {
            let place = rest.firstIndex { (needs[$0.name] ?? []).allSatisfy(done.contains) } ?? 0
            let step = rest.remove(at: place)
            done.insert(step.name)
            ordered.append(step)
        }
        return ordered
    }
}
