internal import Core
internal import Engine

/// What an agent is told beside the instructions of its plan.
enum AgentInstructions {
    /// The system prompt; nil for none.
    static func system(for call: StepWork.Agent, _ toolbox: Toolbox, isScripted: Bool) -> String? {
        // A script knows what it says; only what its author wrote is there to be looked at.
        guard !isScripted else { return call.system }
        let standing = StandingInstructions.texts(
            hasSchema: call.schema != nil, notices: toolbox.unavailable.map(\.notice))
        return ([call.system].compactMap(\.self) + standing).joined(separator: "\n\n")
    }
}
