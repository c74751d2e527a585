internal import Core

/// What every agent is told beside the instructions of its plan.
public enum StandingInstructions: Sendable {
    /// How it ends (product §6); the last block counts.
    public static let ending = """
        When you are done, end your last message with these two lines:
        STATUS: completed, failed, question or silent
        SUMMARY: one or two sentences on what you did and what came of it
        Write "failed" when you could not do it, "question" when you need an answer from a person before you can go on \
        (the text above is the question), and "silent" when there is nothing to report.
        """

    /// The texts, in their order.
    /// - Parameters:
    ///   - hasSchema: whether the answer is JSON by a schema, and has no lines at its end.
    ///   - notices: what else it is told, between them.
    public static func texts(hasSchema: Bool, notices: [String] = []) -> [String] {
        [MarkedData.explanation] + notices + (hasSchema ? [] : [ending])
    }
}
