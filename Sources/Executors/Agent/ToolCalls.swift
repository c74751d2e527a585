internal import Core
internal import Engine
internal import HTTPClient
internal import Providers
internal import Secrets
internal import Store

/// Carries out tool calls of an agent, all at the same time.
struct ToolCalls: Sendable {
    let session: AgentSession
    let toolbox: Toolbox
    /// The turn that asked for them, from 1: ids of calls are unique within a turn.
    let turn: Int

    /// How long calls that only look may keep their answer waiting.
    private static let lookingTimeMaximum = Duration.milliseconds(30)

    /// Returns what the run does next, when the last of them has ended and that is durable.
    func make(_ requests: [ToolRequest]) async throws -> AgentOrder {
        try await withThrowingTaskGroup(of: AgentOrder.self) { group in
            for request in requests { group.addTask { try await self.make(request) } }
            var next = AgentOrder.rest
            for try await order in group { if case .rest = order { continue } else { next = order } }
            return next
        }
    }

    /// What calls that only look have to say, by their ids, before anybody knows of them: a commit less for each turn of an
    /// agent that reads. Empty where one of them could not be made, or took too long while an answer that is paid for waits
    /// to be stored: then all are made again, as others are.
    func look(_ requests: [ToolRequest]) async -> [String: ToolReturn] {
        await Patience.within(Self.lookingTimeMaximum) { await self.looks(requests) } ?? [:]
    }

    private func looks(_ requests: [ToolRequest]) async -> [String: ToolReturn] {
        await withTaskGroup(of: (id: String, result: ToolReturn?).self) { group in
            for request in requests {
                group.addTask {
                    do {
                        guard case .done(let result) = try await self.timed(request) else { return (request.id, nil) }
                        return (request.id, result)
                    } catch {
                        return (request.id, nil)
                    }
                }
            }
            var looks: [String: ToolReturn] = [:]
            for await (id, result) in group { looks[id] = result }
            return looks.count == requests.count ? looks : [:]
        }
    }

    private func make(_ request: ToolRequest) async throws -> AgentOrder {
        switch try await timed(request) {
        case .question(var asked):
            asked.title = session.redactor.redact(asked.title)
            asked.form = asked.form.map { session.redactor.redact($0) }
            let question = asked
            return try await session.recorded { try await session.journal.pause(request.id, question) }
        case .done(let result):
            return try await session.recorded { try await session.journal.finish(request.id, result) }
        }
    }

    private func timed(_ request: ToolRequest) async throws -> Result {
        let clock = ContinuousClock()
        let started = clock.now
        let result = try await result(of: request)
        guard case .done(var done) = result else { return result }
        done.durationMilliseconds = Int64((clock.now - started) / .milliseconds(1))
        return .done(done)
    }

    /// What has come of a call.
    private enum Result {
        case done(ToolReturn)
        case question(ToolQuestion)

        static func error(_ text: String) -> Result { .done(ToolReturn(text: text, isError: true)) }
    }

    private func result(of request: ToolRequest) async throws -> Result {
        guard let tool = toolbox.tool(named: request.tool) else {
            // The server has another set of tools than when the call was made.
            return .error("There is no tool \"\(request.tool)\" any more.")
        }
        var source = session.source(turn: turn)
        source.call = request.id
        let live = LiveOutput(source, listener: session.listener, redactor: session.redactor)
        // Before the result is made durable.
        defer { live.end() }
        let context = ToolContext(
            work: session.work, callID: request.id,
            idempotencyKey: "\(session.work.idempotencyKey)/\(session.work.run)/\(turn)/\(request.id)",
            control: session.control, answers: request.answers, live: live)
        let arguments: JSONObject
        do {
            arguments = try session.written.arguments(of: request, in: session, turn: turn)
        } catch let error as SignalboxError {
            return .error(session.redactor.redact(error.message))
        }
        // A person may have changed them, and the server of a tool what it takes.
        if let problem = toolbox.problem(with: arguments, of: request.tool) { return .error(problem) }
        do {
            let output = try await session.limited { try await tool.call(arguments, in: context) }
            if let question = output.question { return .question(question) }
            return .done(try await kept(output, of: request))
        } catch let error as CancellationError {
            throw error
        } catch let failure as Failure where failure.cause == .timeout {
            throw failure
        } catch let failure as Failure {
            return .error(told(failure.message, request))
        } catch let error as SignalboxError {
            return .error(told(error.description, request))
        }
    }

    /// An error as the model is told it: it may quote what others said.
    private func told(_ text: String, _ request: ToolRequest) -> String {
        let safe = session.redactor.redact(text)
        return session.isScripted ? safe : MarkedData.wrap(safe, from: "\(request.tool), an error", callID: request.id)
    }

    /// The form of the journal; the bytes of files go to the blob store.
    private func kept(_ output: ToolOutput, of request: ToolRequest) async throws -> ToolReturn {
        var parts = output.parts.map { part in
            part.text.map { .text(ToolText.ends(of: Array($0.utf8), maximum: Limits.toolResultBytesMaximum)) } ?? part
        }
        if output.isFromNetwork, !session.isScripted {
            parts = MarkedData.wrap(parts, from: output.source ?? request.tool, callID: request.id)
        }
        let files = parts.compactMap { part -> AttachedFile? in
            if case .file(let file) = part, !file.bytes.isEmpty { file } else { nil }
        }
        if !files.isEmpty {
            let blobs = session.blobs
            try await onOwnThread("attachments") { for file in files { _ = try blobs.write(file.bytes) } }
        }
        let redactor = session.redactor
        return ToolReturn(
            parts: redactor.redact(.array(parts.map(\.json))), isError: output.isError,
            trace: output.trace.map { redactor.redact($0) }, files: output.files)
    }
}
