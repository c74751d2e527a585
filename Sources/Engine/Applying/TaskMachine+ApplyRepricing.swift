internal import Core

/// What events do that say anew what turns cost.
extension TaskMachine {
    /// Counts the difference on the task, on the step that had the turn, and on all that hold it. Of what has ended inside a
    /// loop nothing is at hand any more: there the nearest block that is takes it.
    mutating func reprice(_ turn: RepricedTurn) {
        state.spending += turn.change
        var place: StepPath? = turn.step
        while let path = place {
            if let address = address(path) { return add(turn.change, model: nil, at: address) }
            if let slot = state.slots[path] {
                state.frames[slot].spending += turn.change
                if let container = state.frames[slot].container { add(turn.change, model: nil, at: container) }
                return
            }
            place = path.parent
        }
    }
}
