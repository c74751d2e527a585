internal import Core
public import Engine
public import HTTPClient
public import Processes
public import Providers
public import Secrets
public import Store

/// Does the work of steps: one executor for each kind.
public struct StepExecutor: Sendable {
    private let command: CommandExecutor
    private let http: HTTPExecutor
    private let agent: AgentExecutor
    private let tool: ToolExecutor
    private let secrets: SecretSource
    private let listener: any LiveListener

    /// - Parameters:
    ///   - directory: where the directories of tasks lie.
    ///   - sandbox: what commands are confined by.
    ///   - servers: of tools.
    ///   - secrets: where those are that plans name.
    ///   - memory: what agents keep; nil where nothing is kept.
    ///   - listener: hears what runs bring forth while they are under way.
    ///   - contextWindow: the context of a model (`provider/model`), in tokens; nil when it is not known.
    public init(
        directory: String, blobs: BlobStore, models: ProviderRegistry, client: HTTPClient, sandbox: Sandbox,
        servers: ToolServers, secrets: SecretSource = SecretSource(), memory: (any AgentMemory)? = nil,
        listener: any LiveListener = NoListener(),
        pricing: TurnPricing = TurnPricing(), contextWindow: @escaping @Sendable (String) -> Int? = { _ in nil }
    ) {
        command = CommandExecutor(
            directories: TaskDirectories(root: directory, blobs: blobs, areProgramsConfined: sandbox.isConfining),
            sandbox: sandbox)
        http = HTTPExecutor(client: client)
        let tools = ToolSource(
            builtIn: BuiltInTools(directory: directory, blobs: blobs, client: client, sandbox: sandbox),
            servers: servers, memory: memory)
        agent = AgentExecutor(
            models: models, blobs: blobs, tools: tools, secrets: secrets, pricing: pricing, listener: listener,
            contextWindow: contextWindow)
        tool = ToolExecutor(tools: tools, blobs: blobs)
        self.secrets = secrets
        self.listener = listener
    }

    /// Removes what a crash has left half-written. Only for the one engine of the directory, before it runs anything.
    public func removeLeftovers() { command.directories.removeLeftovers() }

    /// Does one run of a step to its end. It ends early when the Swift task is cancelled; the outcome is `stopped` then.
    /// - Parameters:
    ///   - control: stops this run from elsewhere, gently or at once.
    ///   - journal: makes what an agent does durable.
    /// - Returns: nil when the run waits for somebody, or its end is durable already.
    /// - Throws: what the journal throws; the run has no outcome then.
    public func execute(
        _ work: StepWork, control: RunControl = RunControl(), journal: any AgentJournal
    ) async throws -> StepOutcome? {
        do {
            let outcome = try await control.cancelling { try await runRevealing(work, control, journal) }
            guard case .completed(let result)? = outcome else { return outcome }
            do {
                try result.output.requireBounds(of: "The output")
            } catch {
                return .failed(Failure(.validation, "\(error)"))
            }
            return outcome
        } catch let failure as RecordingFailure {
            throw failure.cause
        } catch is CancellationError {
            return .stopped()
        } catch let failure as Failure {
            return .failed(failure)
        } catch {
            return .failed(Failure(.toolError, "\(error)"))
        }
    }

    /// Puts secrets in the places of their marks at the last moment, and hides them in all that comes back.
    private func runRevealing(
        _ work: StepWork, _ control: RunControl, _ journal: any AgentJournal
    ) async throws -> StepOutcome? {
        guard !work.secrets.isEmpty else {
            return try await run(work, control, journal, Redactor(rules: .none))
        }
        let values: [String: String]
        do {
            values = try await secrets.values(of: work.secrets.names)
        } catch let error as SignalboxError {
            throw Failure(error.code == .notFound ? .missingData : .toolError, error.description)
        }
        let redactor = Redactor(values: values.map { ($0, $1) }, rules: .none)
        do {
            return try await run(work.revealing(values), control, journal, redactor)?.redacted(by: redactor)
        } catch let failure as Failure {
            throw failure.redacted(by: redactor)
        } catch let error as SignalboxError {
            throw Failure(.toolError, redactor.redact(error.description))
        }
    }

    private func run(
        _ work: StepWork, _ control: RunControl, _ journal: any AgentJournal, _ redactor: Redactor
    ) async throws -> StepOutcome? {
        let source = LiveSource(task: work.task, step: work.step, run: work.run)
        let live = LiveOutput(source, listener: listener, redactor: redactor)
        defer { live.end() }
        return switch work.call {
        case .command(let call): try await command.run(call, of: work, control: control.process, live: live)
        case .http(let call): try await http.run(call, of: work)
        case .agent(let call): try await agent.run(call, of: work, journal: journal, control: control)
        case .tool(let call): try await tool.run(call, of: work, control: control, live: live)
        }
    }
}

extension Timeout {
    /// What a run that took too long says.
    var failure: Failure {
        let seconds = Double(milliseconds) / 1000
        let text = seconds == seconds.rounded() ? String(Int64(seconds)) : String(seconds)
        return Failure(.timeout, "It took longer than \(text) s, which is \(origin).")
    }

    /// Runs the body; when it takes longer, cancels it and throws the failure.
    func limit<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: .milliseconds(self.milliseconds))
                throw self.failure
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { preconditionFailure("The group has two members.") }
            return result
        }
    }
}
