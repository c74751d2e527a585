internal import CEL
internal import Core
internal import Plans

extension TaskMachine {
    /// The call that a step may make: the one it wants to, or the one that a person has agreed to. Asks when a person
    /// must agree and has not yet; nil then.
    mutating func consented(
        to call: JSON, at address: StepAddress, _ path: StepPath, _ definition: StepDefinition, _ scope: Scope
    ) throws -> JSON? {
        if let agreed = state[address].conduct?.agreedCall { return agreed }
        guard try needsConsent(call, definition, scope) else { return call }
        request(.consent, at: path, run: nil, title: "May “\(path)” \(definition.deed)?") { $0.proposal = call }
        return nil
    }

    private func needsConsent(_ call: JSON, _ definition: StepDefinition, _ scope: Scope) throws -> Bool {
        switch definition.consent {
        case .never?: return false
        case .always?: return true
        case .when(let expression)?:
            var scope = scope
            scope["call"] = Value(call)
            return try expression.holds(in: scope, as: "\"consent\"", at: definition.place)
        case nil:
            switch executable.plan.automation {
            case .autonomous: return false
            case .ask(let kinds): return kinds.contains(definition.kind.name)
            case .askAlways: return true
            }
        }
    }
}

extension StepDefinition {
    /// What it is about to do, for the question.
    fileprivate var deed: String {
        switch kind {
        case .command: "run this program"
        case .http: "send this request"
        case .agent: "ask the model"
        case .tool: "call this tool"
        case .task: "start this task"
        default: "go on"
        }
    }
}
