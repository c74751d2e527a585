internal import Core
internal import Engine

/// What an agent is told beside the instructions of its plan.
enum AgentInstructions {
    /// How it ends (product §6); the last block counts.
    static let ending = """
        When you are done, end your last message with these two lines:
        STATUS: completed, failed, question or silent
        SUMMARY: one or two sentences on what you did and what came of it
        Write "failed" when you could not do it, "question" when you need an answer from a person before you can go on \
        (the text above is the question), and "silent" when there is nothing to report.
        """

    /// The system prompt; nil for none.
    static func system(for call: StepWork.Agent, _ toolbox: Toolbox, isScripted: Bool) -> String? {
        // A script knows what it says; only what its author wrote is there to be looked at.
        guard !isScripted else { return call.system }
        var pieces = [call.system].compactMap(\.self)
        pieces.append(MarkedData.explanation)
        pieces += toolbox.unavailable.map(\.notice)
        if call.schema == nil { pieces.append(ending) }
        return pieces.isEmpty ? nil : pieces.joined(separator: "\n\n")
    }
}
