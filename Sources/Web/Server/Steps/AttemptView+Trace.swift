internal import Core
internal import Engine
internal import Runtime

extension [AttemptView] {
    /// The same runs with what is known of them where a step asks models: what they used, how they ended in truth, and
    /// where their turns are shown.
    /// - Parameters:
    ///   - trace: of the step that they are runs of.
    ///   - chosen: the run whose turns are shown; nil for the latest.
    ///   - state: of the step.
    func with(
        _ trace: StepTrace, of step: StepPath, in task: TaskNumber, chosen: RunNumber?, state: DisplayState
    ) -> [AttemptView] {
        var attempts = self
        let hasChoice = trace.runs.count > 1
        for (place, run) in zip(indices, trace.runs) {
            let isLatest = place == trace.runs.count - 1
            let spent = run.spending
            let address = RunAddress(task: task, step: step, run: run.run)
            attempts[place].endedAt = run.endedAt ?? (isLatest ? nil : attempts[place].endedAt)
            attempts[place].state = Self.state(run, isLatest: isLatest, step: state)
            if spent.modelCalls > 0 {
                attempts[place].tokens = TokensView(spent.usage)
                attempts[place].cost = CostView(spent.cost, isKnown: spent.isCostKnown, isUsed: true)
            }
            attempts[place].isShown = chosen.map { $0 == run.run } ?? isLatest
            // The latest needs no name: who looks at it wants to see the next one too.
            if hasChoice { attempts[place].path = isLatest ? address.latestOnTaskPage : address.onTaskPage }
        }
        return attempts
    }

    private static func state(_ run: RunTrace, isLatest: Bool, step: DisplayState) -> DisplayState {
        switch run.ending {
        case .stepCompleted?: .completed
        case .stepFailed?, .stepRetrying?: .failed
        case .stepCancelled?: .cancelled
        default: isLatest ? step : .cancelled
        }
    }
}
