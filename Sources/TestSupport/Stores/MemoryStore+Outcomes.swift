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

    public func iterationGroups(
        of loop: StepPath, of task: TaskNumber, apart: Set<Int>, listed maximum: Int
    ) -> IterationGroups {
        let iterations = Dictionary(grouping: parts(of: loop, of: task), by: { $0.index })
        let alike = Dictionary(grouping: iterations.keys.filter { !apart.contains($0) }) { index in
            Set((iterations[index] ?? []).map { $0.place + "=" + $0.row.status })
        }
        let groups = alike.values.map { indexes in
            let sorted = indexes.sorted()
            var sums: [String: IterationSum] = [:]
            for part in indexes.flatMap({ iterations[$0] ?? [] }) {
                let outcome = StepEnding(part.row)
                let sum = sums[part.place] ?? IterationSum(milliseconds: 0, cost: .zero)
                sums[part.place] = IterationSum(
                    milliseconds: sum.milliseconds + outcome.milliseconds, cost: sum.cost + outcome.cost)
            }
            return IterationGroup(
                count: sorted.count, first: sorted.first ?? 0, indexes: sorted.count <= maximum ? sorted : nil,
                sums: sums)
        }
        return IterationGroups(total: iterations.count, groups: groups)
    }

    public func idleTimes(of task: TaskNumber) -> [StepPath: Int64] {
        var times: [StepPath: Int64] = [:]
        for row in rows(of: task) where row.idleMilliseconds != 0 { times[row.path] = row.idleMilliseconds }
        return times
    }

    public func stepCount(of task: TaskNumber, status: String) -> Int {
        rows(of: task).count { $0.status == status }
    }

    public func stepCount(of task: TaskNumber) -> Int { rows(of: task).count }

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
