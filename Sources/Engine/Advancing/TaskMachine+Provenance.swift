internal import CEL
internal import Core
internal import Plans

/// What others have written is given to agents as data, marked as such (product §5): outputs of models, of requests, of
/// tools, programs and other tasks, payloads of signals, and all that is computed from these.
extension TaskMachine {
    /// The value as an agent is given it in its prompt; nil when it stands there as it is: the plan's author or whoever
    /// started the task has written it, or it is a number or a truth value, which can say nothing.
    func marked(_ value: JSON, of expression: Expression, at address: StepAddress) -> String? {
        let text: String
        switch value {
        case .null, .bool, .int, .double: return nil
        case .string(let string): text = string
        case .array, .object: text = value.text
        }
        guard let source = foreignSource(of: [expression], at: address.frame) else { return nil }
        return MarkedData.wrap(text, from: source, callID: "\(state.origin.id)/\(path(at: address))")
    }

    /// Where something comes from that others have written; nil when none of it does.
    private func foreignSource(of expressions: [Expression], at slot: Int) -> String? {
        for reference in expressions.flatMap(\.references) {
            switch reference.path.first {
            case "steps":
                guard let name = reference.path.dropFirst().first else { return "a step" }
                if isForeign(name, Array(reference.path.dropFirst(2)), from: slot) { return "step \(name)" }
            case "inputs": if isInputForeign(reference.path) { return "the inputs of the task" }
            case "task": if isTaskForeign(reference.path) { return "the name of the task" }
            case "item": if isItemForeign(in: slot) { return "the loop" }
            case "previous": if isLoopForeign(around: slot) { return "the loop" }
            default: continue
            }
        }
        return nil
    }

    /// Whether others have written what a path from `inputs` leads to: one of them, or all.
    private func isInputForeign(_ path: [String]) -> Bool {
        guard let name = path.dropFirst().first else { return !state.origin.inputsOfOthers.isEmpty }
        return state.origin.isForeign(input: name)
    }

    /// Whether they have written what a path from `task` leads to: its name may quote an input.
    private func isTaskForeign(_ path: [String]) -> Bool {
        state.origin.isNameForeign && (path.dropFirst().first ?? "name") == "name"
    }

    /// Whether others have a part in what the step of that name hands over; unknown steps count as such.
    /// - Parameter members: which part of it is meant: `output`, and below.
    private func isForeign(_ name: String, _ members: [String] = [], from slot: Int) -> Bool {
        guard let place = block(of: slot).placeByName[name] else {
            guard let container = state.frames[slot].container else { return true }
            return isForeign(name, members, from: container.frame)
        }
        return isForeign(block(of: slot).steps[place], members, from: slot)
    }

    private func isForeign(_ step: StepDefinition, _ members: [String] = [], from slot: Int) -> Bool {
        switch step.kind {
        case .agent, .http, .tool, .command, .task: true
        case .wait(let wait): if case .signal = wait { true } else { false }
        // What a person has answered is a person's word; what was proposed stays whose it was, for to agree to something
        // does not make its words instructions.
        case .approval:
            (members.dropFirst().first ?? "proposal") == "proposal"
                && foreignSource(of: step.ownExpressions, at: slot) != nil
        case .set: foreignSource(of: step.ownExpressions, at: slot) != nil
        case .forEach, .branch:
            foreignSource(of: step.ownExpressions, at: slot) != nil
                || step.kind.blocks.contains { $0.block.steps.contains { hasForeignPart($0, from: slot) } }
        }
    }

    /// The same for a step inside another one, whose siblings are not at hand: what is not known to be harmless counts.
    private func hasForeignPart(_ step: StepDefinition, from slot: Int) -> Bool {
        if case .set = step.kind {
            return step.ownExpressions.flatMap(\.references).contains { reference in
                switch reference.path.first {
                case "inputs": isInputForeign(reference.path)
                case "task": isTaskForeign(reference.path)
                case "index": false
                default: true
                }
            }
        }
        return isForeign(step, from: slot)
    }

    /// Whether others have a part in the list that the nearest loop goes over.
    private func isItemForeign(in slot: Int) -> Bool {
        guard let container = state.frames[slot].container else { return false }
        guard state.frames[slot].iteration != nil else { return isItemForeign(in: container.frame) }
        return foreignSource(of: definition(at: container).ownExpressions, at: container.frame) != nil
    }

    private func isLoopForeign(around slot: Int) -> Bool {
        guard let container = state.frames[slot].container else { return false }
        return isForeign(definition(at: container), from: container.frame) || isLoopForeign(around: container.frame)
    }
}
