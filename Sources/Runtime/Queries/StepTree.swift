internal import CEL
internal import Core
internal import Engine
internal import Plans
internal import Store

/// The steps of a task as a tree, from its plan and its rows.
struct StepTree {
    /// How many iterations of a loop are listed: the first, and the latest.
    static let iterationsListed = 50

    private let executable: ExecutablePlan
    private var rows: [StepPath: StepRow] = [:]
    /// The iterations and taken paths that have begun, by the step that holds them.
    private var parts: [StepPath: [StepRow]] = [:]
    private var steps: [StepDetail] = []

    init(_ executable: ExecutablePlan, rows: [StepRow]) {
        self.executable = executable
        for row in rows {
            self.rows[row.path] = row
            if let parent = row.path.parent, row.kind == "iteration" || row.kind == "path" {
                parts[parent, default: []].append(row)
            }
        }
    }

    /// Every step, each followed by what stands in it.
    mutating func flattened() -> [StepDetail] {
        steps = []
        add(executable.plan.steps, below: StepPath(rawValue: ""), depth: 0)
        return steps
    }

    private mutating func add(_ definitions: [StepDefinition], below container: StepPath, depth: Int) {
        for definition in definitions {
            let path = container.appending(definition.name)
            let place = steps.count
            steps.append(
                StepDetail(
                    path: path, depth: depth, kind: definition.kind.name, summary: definition.summary,
                    needs: definition.needs, condition: definition.condition?.source, row: rows[path]))
            steps[place].blocks = definition.kind.blocks.map(BlockOutline.init)
            guard let parts = parts[path]?.sorted(by: { $0.ordinal < $1.ordinal }) else { continue }
            let blocks = Dictionary(definition.kind.blocks.map { ($0.name, $0.block) }) { first, _ in first }
            let listed = listed(parts)
            steps[place].hiddenIterations = parts.count - listed.count
            for part in listed {
                let name = part.kind == "iteration" ? "" : String(part.path.name)
                steps.append(
                    StepDetail(
                        path: part.path, depth: depth + 1, kind: part.kind, summary: nil, needs: [], condition: nil,
                        row: part))
                if let block = blocks[name] { add(block.steps, below: part.path, depth: depth + 2) }
            }
        }
    }

    private func listed(_ parts: [StepRow]) -> [StepRow] {
        guard parts.count > Self.iterationsListed * 2 else { return parts }
        return Array(parts.prefix(Self.iterationsListed) + parts.suffix(Self.iterationsListed))
    }
}

extension BlockOutline {
    fileprivate init(name: String, block: StepBlock) {
        self.init(
            name: name,
            steps: block.steps.map { step in
                StepOutline(
                    name: step.name, kind: step.kind.name, blocks: step.kind.blocks.map(BlockOutline.init))
            })
    }
}
