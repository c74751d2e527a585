internal import Core
internal import Engine
internal import Store

/// What follows when turns are reckoned anew: for the rows of steps, and for the task that waits above.
extension JournalWriter {
    /// Brings the rows of the steps up to date whose turns were reckoned anew, and those of all that hold them.
    func reprice(_ repricing: TaskRepricing, of task: TaskProjector, into work: inout Work) {
        let number = task.machine.state.origin.number
        do {
            var rows = RepricedRows(work.steps[number] ?? [:]) { [store] path in
                try store.step(path, of: number)
            }
            try rows.apply(repricing, task.machine)
            work.steps[number] = rows.rows
        } catch {
            work.failure = work.failure ?? error
        }
    }

    /// Tells the task above what one that has ended costs now.
    func tellParent(of number: TaskNumber, _ changes: [Spending], into work: inout Work) {
        guard let origin = tasks[number]?.machine.state.origin, let parent = origin.parent else { return }
        let change = changes.reduce(into: Spending.zero) { $0 += $1 }
        guard change != .zero else { return }
        do {
            _ = try handle(
                RepriceChild(ChildRepricing(child: number, change: change)), for: parent.task, into: &work)
        } catch let error as SignalboxError where error.code == .notFound {
            // The parent was deleted.
        } catch {
            work.failure = work.failure ?? error
        }
    }
}

extension Event.Body {
    /// By how much the task is taken to have spent more with it than was told before.
    var repricedChange: Spending? {
        switch self {
        case .taskRepriced(let repricing): repricing.turns.reduce(into: Spending.zero) { $0 += $1.change }
        case .childRepriced(let repricing): repricing.change
        default: nil
        }
    }
}
