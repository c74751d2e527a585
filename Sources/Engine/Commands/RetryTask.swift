internal import Core

/// A person wants a failed task to go on: what failed gets a new run, what was left undone because of it is queued
/// again, and what had finished keeps its output.
public struct RetryTask: TaskCommand {
    /// The name of who asks; nil when it is not known.
    public let name: String?

    public init(by name: String? = nil) {
        self.name = name
    }

    public func apply(to machine: inout TaskMachine) throws {
        let number = machine.state.origin.number
        guard machine.state.result == .failed else {
            let status = machine.state.status.rawValue
            throw SignalboxError(
                .conflict, "Task \(number) is \(status): only a failed task can be retried.",
                hint: machine.state.result == nil ? nil : "Rerun it: `signalbox tasks rerun \(number.rawValue)`.")
        }
        guard machine.state.frames[0].steps.indices.contains(where: machine.isRetried) else {
            throw SignalboxError(
                .conflict, "No step of task \(number) has failed: its outputs cannot be computed.",
                hint: "Mend the plan's outputs and rerun the task with it.")
        }
        if let parent = machine.state.origin.parent {
            throw SignalboxError(
                .conflict, "Task \(number) does the work of a step of task \(parent.task), which has its result.",
                hint: "Retry task \(parent.task); it starts a new one.")
        }
        machine.emit(.retryRequested(by: name))
        machine.advance()
    }
}

extension TaskMachine {
    /// Whether a retry takes up that step of the plan.
    fileprivate func isRetried(place: Int) -> Bool {
        let step = state.frames[0].steps[place]
        guard step.status == .failed, let failure = step.failure else { return step.status == .cancelled }
        return !isAllowed(failure, at: StepAddress(frame: 0, place: place))
    }
}
