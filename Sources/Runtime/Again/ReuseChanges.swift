internal import Core

/// What is different in a task that repeats another one, as far as steps can notice it.
struct ReuseChanges: Sendable {
    /// The step, iteration or path from which on everything runs again.
    var from: StepPath?
    /// The turn of the agent at `from` from which on it is asked again; nil for all of them.
    var turn: Int?
    /// Names of inputs with another value.
    var inputs: Set<String> = []
    var hasOtherFiles = false
    var hasOtherName = false
    /// Agents that ask another model.
    var agents: Set<String> = []
    /// Steps whose output was changed by hand.
    var outputs: Set<StepPath> = []

    /// Why something with these uses does not come out as before; nil when it does.
    func reason(for uses: StepUses) -> AgainReason? {
        if !inputs.isEmpty {
            let changed = uses.allInputs ? inputs : inputs.intersection(uses.inputs)
            if let name = changed.min() { return .input(name) }
        }
        if hasOtherFiles, uses.files { return .files }
        if !agents.isDisjoint(with: uses.agents) { return .model }
        if hasOtherName, uses.name { return .name }
        return nil
    }

    /// Whether something inside is to run again or has another output.
    func touchesInside(_ path: StepPath) -> Bool {
        if let from, path.contains(from) { return true }
        return outputs.contains { path.contains($0) }
    }
}

/// Why a step runs again.
public enum AgainReason: Sendable, Hashable, CustomStringConvertible {
    /// It is the step that was named.
    case asked
    /// It is the agent that was named, and is asked again from that answer on.
    case turn(Int)
    case input(String)
    case files, model, name
    /// Something that it needs runs again.
    case after(String)
    /// The output of something that it needs was changed.
    case edited(String)
    /// It looks at the iteration before, which runs again.
    case previous
    case definition, new, neverRan, failed, cancelled, unfinished
    /// A loop or branch that had not come to its end.
    case resumed
    /// What is known of it is in another task.
    case takenOver

    public var description: String {
        switch self {
        case .asked: "asked for"
        case .turn(let turn): "asked for, from turn \(turn) on"
        case .input(let name): "its input “\(name)” changed"
        case .files: "the files changed"
        case .model: "its model changed"
        case .name: "the task's name changed"
        case .after(let step): "after “\(step)”"
        case .edited(let step): "the output of “\(step)” changed"
        case .previous: "after the iteration before"
        case .definition: "its definition changed"
        case .new: "it is new"
        case .neverRan: "it never ran"
        case .failed: "it failed"
        case .cancelled: "it was cancelled"
        case .unfinished: "it has not ended"
        case .resumed: "goes on where it stopped"
        case .takenOver: "it was taken over as a whole"
        }
    }
}
