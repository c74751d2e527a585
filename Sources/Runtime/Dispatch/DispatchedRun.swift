internal import Core
internal import Engine
internal import Executors

/// The journal as the run of an agent knows it.
struct DispatchedRun: AgentJournal {
    let step: StepPath
    let run: RunNumber
    /// Makes a command durable.
    let persist: @Sendable (any TaskCommand) async throws -> Transition

    func record(
        _ turn: Turn, number: Int, outcome: StepOutcome?, correction: String?, looks: [String: ToolReturn]
    ) async throws -> AgentOrder {
        try await order(
            after: RecordTurn(
                step, run, turn, number: number, outcome: outcome, correction: correction, looks: looks))
    }

    func size(bytes: Int) async throws -> AgentOrder {
        try await order(after: SizeRequest(step, run, bytes: bytes))
    }

    func finish(_ call: String, _ result: ToolReturn) async throws -> AgentOrder {
        try await order(after: FinishTool(step, run, call: call, result))
    }

    func pause(_ call: String, _ question: ToolQuestion) async throws -> AgentOrder {
        try await order(after: PauseTool(step, run, call: call, question))
    }

    func recordLoopCheck(_ turn: Turn, reason: String?) async throws -> AgentOrder {
        try await order(after: RecordLoopCheck(step, run, turn, reason: reason))
    }

    private func order(after command: any TaskCommand) async throws -> AgentOrder {
        do {
            let transition = try await persist(command)
            for case .agent(step, run, let order) in transition.actions { return order }
            return .rest
        } catch let error as SignalboxError where error.code == .conflict || error.code == .notFound {
            // The run was killed, or is not the one under way any more: the first truth stands.
            return .rest
        }
    }
}
