internal import Core
internal import Engine
internal import HTTPClient
internal import Plans
internal import Providers
internal import Secrets

/// The turns of one run: what the model is asked, and what is kept of its answer.
struct AgentTurns {
    let session: AgentSession
    let provider: any ModelProvider
    let name: ModelName
    let toolbox: Toolbox
    private var conversation: AgentConversation
    private var corrections = 0
    private var isFirst = true
    /// Of the turn in hand, from 1.
    private var number = 1

    /// How much of a provider's own word for why it stopped is told, in characters.
    private static let reasonLengthMaximum = 100
    /// How often a model is told that its final answer does not fit.
    private static let correctionsMaximum = 2

    init(session: AgentSession, provider: any ModelProvider, name: ModelName, toolbox: Toolbox) {
        self.session = session
        self.provider = provider
        self.name = name
        self.toolbox = toolbox
        conversation = AgentConversation(session.call, files: session.work.files)
    }

    /// What became of one request.
    enum Result {
        case goesOn(AgentOrder)
        /// The answer ended the run, and that is durable.
        case hasEnded
        /// There was no answer.
        case failed(Failure)
    }

    mutating func ask(
        _ said: [ConversationMessage], number: Int, _ bounds: AnswerBounds
    ) async throws -> Result {
        conversation.append(said)
        self.number = number
        var request = try await request(bounds)
        let trimming = ContextTrimmer(window: session.knownWindow ?? Limits.contextWindowDefault).trim(&request)
        if let misfit = ContextBound(window: session.knownWindow).misfit(of: request) { return .failed(misfit) }
        if isFirst, session.call.isBounded {
            let order = try await sized(request, said)
            // A larger request may leave less room for searches.
            guard case .askModel(_, _, let bounds) = order else { return .goesOn(order) }
            request.take(bounds)
        }
        let record = record(of: request, trimming)
        isFirst = false
        let heard = HeardAnswer()
        let live = LiveTurn(session.source(turn: number), listener: session.listener, redactor: session.redactor)
        let clock = ContinuousClock()
        let started = clock.now
        let (provider, sent, session) = (provider, request, session)
        func turn(_ response: ModelResponse, calls: [ToolRequest] = []) -> Turn {
            session.turn(
                response, of: session.call.model, request: record, calls: calls, took: clock.now - started)
        }
        do {
            let response = try await session.limited {
                defer { live.end() }
                return try await provider.respond(to: sent) { event in
                    heard.note(event)
                    live.note(event)
                }
            }
            return try await take(response.counted(request).bounded(), turn)
        } catch let cut as CutResponse {
            let failure = Failure(cut)
            let response = cut.response.usage == nil ? cut.response.estimated(request) : cut.response
            return try await end(turn(response), .failed(failure))
        } catch let failure as Failure {
            guard let response = heard.response else { return .failed(failure) }
            return try await end(turn(heard.counted(response.estimated(request))), .failed(failure))
        } catch is CancellationError {
            // Whoever stops the run decides how it ends; what was heard counts whatever that is.
            if let response = heard.response {
                let counted = heard.counted(response.estimated(request))
                _ = try await self.record(turn(counted), outcome: nil, correction: nil)
            }
            throw CancellationError()
        } catch let error as SignalboxError {
            return .failed(Failure(.modelError, upstream: error))
        }
    }

    /// Looks at the budget again with what the request comes to now that its tools and files are known.
    /// - Returns: to ask the model when it may be sent; else what is done instead.
    private func sized(_ request: ModelRequest, _ said: [ConversationMessage]) async throws -> AgentOrder {
        let before = said.reduce(0) { $0 + $1.size }
        let bytes = max(0, RequestSize.bytes(of: request, window: session.knownWindow) - before)
        return try await session.recorded { try await session.journal.size(bytes: bytes) }
    }

    private mutating func take(
        _ response: ModelResponse, _ turn: (ModelResponse, [ToolRequest]) -> Turn
    ) async throws -> Result {
        if let refusal = response.refusal {
            return try await end(
                turn(response, []), .failed(Failure(.modelError, "The model refused: \(refusal)")))
        }
        switch response.stopReason {
        case .length:
            let failure = Failure(.modelError, "The answer was cut off at the model's bound on its length.")
            return try await end(turn(response, []), .failed(failure))
        case .contentFilter:
            let failure = Failure(.modelError, "The provider's content filter withheld the answer.")
            return try await end(turn(response, []), .failed(failure))
        case .other(let word) where response.toolCalls.isEmpty:
            // Half an answer must not pass for a whole one.
            let failure = Failure(
                .modelError,
                "The model stopped for a reason that is not known here, “\(word.prefix(Self.reasonLengthMaximum))”: its "
                    + "answer may be incomplete.")
            return try await end(turn(response, []), .failed(failure))
        case .end, .toolUse, .cut, .other: break
        }
        let calls = session.written.keep(response.toolCalls.map(toolbox.understand), of: session, turn: number)
        guard calls.isEmpty else {
            let turn = turn(response, calls)
            return .goesOn(
                try await record(turn, outcome: nil, correction: nil, looks: await look(calls)))
        }
        switch FinalAnswer(response, for: session.call) {
        case .outcome(let outcome): return try await end(turn(response, []), outcome)
        case .unusable(let problem):
            guard corrections < Self.correctionsMaximum else {
                return try await end(turn(response, []), .failed(Failure(.validation, problem)))
            }
            corrections += 1
            return .goesOn(
                try await record(turn(response, []), outcome: nil, correction: FinalAnswer.correction(problem)))
        }
    }

    /// What the calls have to say if all of them only look, and nobody has to agree first.
    private func look(_ calls: [ToolRequest]) async -> [String: ToolReturn] {
        guard session.call.mayLookAhead, toolbox.onlyLook(calls) else { return [:] }
        return await ToolCalls(session: session, toolbox: toolbox, turn: number).look(calls)
    }

    private func end(_ turn: Turn, _ outcome: StepOutcome) async throws -> Result {
        _ = try await record(turn, outcome: outcome, correction: nil)
        return .hasEnded
    }

    private func record(
        _ turn: Turn, outcome: StepOutcome?, correction: String?, looks: [String: ToolReturn] = [:]
    ) async throws -> AgentOrder {
        try await session.recorded {
            try await session.journal.record(
                turn, number: number, outcome: outcome?.redacted(by: session.redactor),
                correction: correction.map { session.redactor.redact($0) }, looks: looks)
        }
    }

    private func request(_ bounds: AnswerBounds) async throws -> ModelRequest {
        let call = session.call
        let definition = call.definition
        var request = ModelRequest(
            model: name, system: AgentInstructions.system(for: call, toolbox, isScripted: name.isScript),
            messages: try await conversation.messages(loading: session.blobs), tools: toolbox.declarations,
            schema: call.schema, thinking: definition.thinking ?? call.settings.thinking,
            isWebSearchAllowed: toolbox.isWebSearchAllowed, temperature: definition.temperature,
            serviceTier: definition.serviceTier,
            cacheLifetime: definition.cacheLifetime.flatMap(ModelRequest.CacheLifetime.init(rawValue:)),
            context: .object(call.context))
        request.take(bounds)
        return request
    }

    /// What is kept of a request: all of it the first time, afterwards what is not in other events already.
    private func record(of request: ModelRequest, _ trimming: ContextTrimmer.Trimming?) -> JSON {
        var object = JSONObject()
        if isFirst {
            object["system"] = request.system.map(JSON.string)
            object["messages"] = .array(request.messages.map(\.json))
            if !request.tools.isEmpty { object["tools"] = .array(request.tools.map(\.json)) }
            object["parameters"] = request.parameters
            if !toolbox.unavailable.isEmpty {
                object["unavailable"] = .array(
                    toolbox.unavailable.map { .string("\($0.what) cannot be used now: \($0.reason)") })
            }
        } else {
            object["message_count"] = .int(Int64(request.messages.count))
            // What is left of a budget changes from turn to turn.
            if let searches = request.reservedSearches { object["parameters"] = ["web_searches_reserved": searches] }
        }
        object["trimmed"] = trimming?.json
        return .object(object)
    }
}

extension ModelRequest {
    /// Asks for no more than was reckoned with.
    fileprivate mutating func take(_ bounds: AnswerBounds) {
        outputTokensMaximum = bounds.outputTokens
        if isWebSearchAllowed { webSearchesMaximum = bounds.webSearches }
    }
}

extension ModelResponse {
    /// The same with tokens in any case: what nobody has counted must count all the same.
    fileprivate func counted(_ request: ModelRequest) -> ModelResponse {
        usage == nil ? estimated(request) : self
    }

    /// The same with calls that the journal can keep and every provider takes back: arguments that are nested too deeply
    /// count as malformed, and names have the characters that all allow.
    fileprivate func bounded() -> ModelResponse {
        var response = self
        response.parts = parts.map { part in
            guard case .toolCall(var call) = part else { return part }
            call.name = ToolGrant.plain(call.name)
            if !JSON.object(call.arguments).isShallow {
                call.malformed = "arguments that are nested too deeply"
                call.arguments = [:]
            }
            return .toolCall(call)
        }
        return response
    }

    /// The same with tokens guessed from the lengths: nobody has told how many there were.
    fileprivate func estimated(_ request: ModelRequest) -> ModelResponse {
        var response = self
        let prompt = ([request.system].compactMap(\.self) + request.messages.map(\.allText)).joined(separator: "\n")
        response.usage = .estimate(prompt: prompt, completion: parts.map(\.allText).joined())
        response.isUsageEstimated = true
        return response
    }
}
