internal import Core
internal import Engine
internal import Providers
internal import Secrets
internal import Store

/// Runs agents: asks their model, has their tools called, and goes on until a final message. What comes next is decided
/// by the task's machine after each answer and each result is durable.
struct AgentExecutor: Sendable {
    let models: ProviderRegistry
    let blobs: BlobStore
    let tools: ToolSource
    let secrets: SecretSource
    let pricing: TurnPricing
    /// Hears what models say while they say it.
    let listener: any LiveListener
    private let written = WrittenArguments()
    /// The context of a model (`provider/model`), in tokens; nil when it is not known.
    let contextWindow: @Sendable (String) -> Int?

    /// - Returns: how the run ended; nil when it waits for somebody, or its end is in the journal already.
    /// - Throws: what the journal throws, as `RecordingFailure`.
    func run(
        _ call: StepWork.Agent, of work: StepWork, journal: any AgentJournal, control: RunControl
    ) async throws -> StepOutcome? {
        let session = AgentSession(
            call: call, work: work, deadline: ContinuousClock.now + .milliseconds(work.timeout.milliseconds),
            journal: journal, control: control, blobs: blobs,
            knownWindow: contextWindow(call.model), pricing: pricing, listener: listener, written: written)
        do {
            return try await run(session)
        } catch let error as SignalboxError {
            return .failed(Failure(.modelError, upstream: error))
        }
    }

    private func run(_ begun: AgentSession) async throws -> StepOutcome? {
        var session = begun
        let call = session.call
        try AttachedFiles.requireAll(call.attachments, among: session.work.files)
        let name = try models.modelName(call.model)
        let provider = try await models.provider(for: name, plan: session.work.plan)
        let toolbox: Toolbox
        do {
            toolbox = try await begun.limited { try await tools.toolbox(of: call.definition, memory: call.memory) }
        } catch let error as SignalboxError {
            return .failed(Failure(.toolError, upstream: error))
        }
        // After the keys of the model and of the servers have been looked up: it must know them too.
        session.redactor = try await secrets.redactor()
        var turns = AgentTurns(session: session, provider: provider, name: name, toolbox: toolbox)
        var order = call.order
        while true {
            try Task.checkCancellation()
            switch order {
            case .askModel(let conversation, let number, let bounds):
                switch try await turns.ask(conversation, number: number, bounds) {
                case .goesOn(let next): order = next
                case .hasEnded: return nil
                case .failed(let failure): return .failed(failure)
                }
            case .callTools(let requests, let turn):
                order = try await ToolCalls(session: session, toolbox: toolbox, turn: turn).make(requests)
            case .checkLoop(let calls, let model):
                order = try await LoopCheck(session: session, models: models).ask(about: calls, model: model)
            case .rest: return nil
            }
        }
    }
}

/// One run of an agent, as its parts share it.
struct AgentSession: Sendable {
    let call: StepWork.Agent
    let work: StepWork
    /// When the time of the run is up.
    let deadline: ContinuousClock.Instant
    let journal: any AgentJournal
    let control: RunControl
    let blobs: BlobStore
    /// How much the model can be sent, in tokens; nil where nobody has said.
    let knownWindow: Int?
    let pricing: TurnPricing
    /// Hears what the run brings forth while it is under way.
    let listener: any LiveListener
    /// The arguments of calls as the model wrote them, where the journal hides something.
    let written: WrittenArguments
    /// Hides secrets in all that goes into the journal; set when all that the run is given has been looked up.
    var redactor = Redactor()

    /// Whether a file answers, and no model.
    var isScripted: Bool { call.model.hasPrefix("script/") }

    /// A turn of the run, as those who watch know it.
    func source(turn: Int) -> LiveSource {
        LiveSource(task: work.task, step: work.step, run: work.run, turn: turn)
    }

    /// What is left of the run's time.
    var remaining: Timeout {
        let left = Int64((deadline - .now) / .milliseconds(1))
        return Timeout(milliseconds: max(1, left), origin: work.timeout.origin)
    }

    /// Runs the body; when the time of the run is up, cancels it and throws the failure.
    func limited<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        do {
            return try await remaining.limit(body)
        } catch let failure as Failure where failure.cause == .timeout {
            throw work.timeout.failure
        }
    }

    /// Makes something durable. What the journal throws ends the run without an outcome.
    func recorded<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch {
            throw RecordingFailure(cause: error)
        }
    }
}

/// Something that an agent has come to could not be made durable: the run has no outcome, and stays in the journal as
/// begun.
struct RecordingFailure: Error {
    let cause: any Error
}
