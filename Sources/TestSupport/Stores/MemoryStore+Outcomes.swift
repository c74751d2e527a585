public import Core
public import Store

extension MemoryStore {
    public func outcomes(of task: TaskNumber, below container: StepPath?) -> [StepEnding] {
        rows(of: task).filter { $0.parent == container }.map(StepEnding.init)
    }

    public func outcomes(of task: TaskNumber, within container: StepPath) -> [StepEnding] {
        rows(of: task).filter { container.contains($0.path) }.map(StepEnding.init)
    }

    public func outcomes(of task: TaskNumber, loop: StepPath, iterations: [Int]) -> [StepEnding] {
        let paths = Set(iterations.map { loop.appending($0) })
        return rows(of: task).filter { row in
            paths.contains(row.path) || row.path.ancestors.contains(where: paths.contains)
        }.map(StepEnding.init)
    }

    public func iterationShapes(of loop: StepPath, of task: TaskNumber, listed maximum: Int) -> [IterationShape] {
        var shapes: [Int: Set<String>] = [:]
        for (index, place, row) in parts(of: loop, of: task) { shapes[index, default: []].insert(place + row.status) }
        return Dictionary(grouping: shapes.keys) { shapes[$0] }.values.map { indexes in
            let sorted = indexes.sorted()
            return IterationShape(
                count: sorted.count, first: sorted.first ?? 0, indexes: sorted.count <= maximum ? sorted : nil)
        }.sorted { ($1.count, $0.first) < ($0.count, $1.first) }
    }

    public func iterationSums(of loop: StepPath, of task: TaskNumber) -> [IterationSum] {
        Dictionary(grouping: parts(of: loop, of: task)) { [$0.place, $0.row.status] }.map { key, parts in
            let outcomes = parts.map { StepEnding($0.row) }
            return IterationSum(
                place: key[0], status: key[1], count: parts.count,
                milliseconds: outcomes.reduce(0) { $0 + $1.milliseconds },
                cost: outcomes.reduce(.zero) { $0 + $1.cost })
        }
    }

    public func idleTimes(of task: TaskNumber) -> [StepPath: Int64] {
        var times: [StepPath: Int64] = [:]
        for row in rows(of: task) where row.idleMilliseconds != 0 { times[row.path] = row.idleMilliseconds }
        return times
    }

    public func stepCount(of task: TaskNumber, status: String) -> Int {
        rows(of: task).count { $0.status == status }
    }

    public func stepCounts(of task: TaskNumber, and other: TaskNumber) -> (own: Int, others: Int, both: Int) {
        let (own, others) = (Set(rows(of: task).map(\.path)), Set(rows(of: other).map(\.path)))
        return (own.count, others.count, own.intersection(others).count)
    }

    public func contents(
        of task: TaskNumber, steps: [StepMoment], input: String, outputs: [String]
    ) -> [StepPath: StepContents] {
        var contents: [StepPath: StepContents] = [:]
        for step in steps {
            let events = events(of: task, step: step.path, since: nil, until: step.ended, limit: .max)
            let begun = step.runs > 1 ? step.ended : step.started
            contents[step.path] = StepContents(
                input: events.last { event in event.kind == input && begun.map { event.at <= $0 } ?? false },
                output: events.last { outputs.contains($0.kind) && $0.at == step.ended })
        }
        return contents
    }

    private func rows(of task: TaskNumber) -> [StepRow] { steps(of: task, limit: .max) }

    /// All that stands in a loop, with the number of its iteration and what stands behind that in its path.
    private func parts(of loop: StepPath, of task: TaskNumber) -> [(index: Int, place: String, row: StepRow)] {
        rows(of: task).filter { loop.contains($0.path) }.compactMap { row in
            let rest = row.path.rawValue.dropFirst(loop.rawValue.count + 1)
            let number = rest.prefix { $0 != "/" }
            return Int(number).map { ($0, String(rest.dropFirst(number.count)), row) }
        }
    }
}

extension StepEnding {
    fileprivate init(_ row: StepRow) {
        self.init(
            path: row.path, kind: row.kind, status: row.status,
            milliseconds: row.started.flatMap { started in
                row.ended.map { max(0, $0.milliseconds(since: started) - row.idleMilliseconds) }
            } ?? 0, cost: row.cost)
    }
}
