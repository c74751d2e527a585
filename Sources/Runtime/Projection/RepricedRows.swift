internal import Core
internal import Engine
internal import Store

/// The rows of the steps of a task while turns are reckoned anew. What the machine has at hand tells its row; of what it
/// has forgotten (the steps of iterations that have ended) the row that stands there is corrected.
struct RepricedRows {
    private(set) var rows: [StepPath: StepRow]
    private let stored: (StepPath) throws -> StepRow?

    /// - Parameters:
    ///   - rows: those that are newer than the stored ones.
    ///   - stored: the row of a step as it stands in the store; nil when there is none.
    init(_ rows: [StepPath: StepRow], stored: @escaping (StepPath) throws -> StepRow?) {
        self.rows = rows
        self.stored = stored
    }

    mutating func apply(_ repricing: TaskRepricing, _ machine: TaskMachine) throws {
        for turn in repricing.turns {
            for path in [turn.step] + turn.step.ancestors {
                if let row = StepRow(projecting: machine, path: path) {
                    rows[path] = row
                } else if var row = try rows[path] ?? stored(path) {
                    row.cost += turn.change.cost
                    row.unpricedCalls += turn.change.unpricedCalls
                    rows[path] = row
                }
            }
        }
    }
}
