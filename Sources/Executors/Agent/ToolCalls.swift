internal import Core
internal import Engine
internal import HTTPClient
internal import Providers
internal import Store

/// Carries out tool calls of an agent, all at the same time.
struct ToolCalls: Sendable {
    let session: AgentSession
    let toolbox: Toolbox

    /// Returns what the run does next, when the last of them has ended and that is durable.
    func make(_ requests: [ToolRequest]) async throws -> AgentOrder {
        try await withThrowingTaskGroup(of: AgentOrder.self) { group in
            for request in requests { group.addTask { try await self.make(request) } }
            var next = AgentOrder.rest
            for try await order in group { if case .rest = order { continue } else { next = order } }
            return next
        }
    }

    private func make(_ request: ToolRequest) async throws -> AgentOrder {
        let clock = ContinuousClock()
        let started = clock.now
        var result = try await result(of: request)
        result.durationMilliseconds = Int64((clock.now - started) / .milliseconds(1))
        let done = result
        return try await session.recorded { try await session.journal.finish(request.id, done) }
    }

    private func result(of request: ToolRequest) async throws -> ToolReturn {
        guard let tool = toolbox.tool(named: request.tool) else {
            // The server has another set of tools than when the call was made.
            return ToolReturn(text: "There is no tool \"\(request.tool)\" any more.", isError: true)
        }
        let context = ToolContext(
            work: session.work, callID: request.id, idempotencyKey: "\(session.work.idempotencyKey)/\(request.id)",
            control: session.control)
        do {
            let output = try await session.limited { try await tool.call(request.arguments, in: context) }
            return try await kept(output, of: request)
        } catch let error as CancellationError {
            throw error
        } catch let failure as Failure where failure.cause == .timeout {
            throw failure
        } catch let failure as Failure {
            return ToolReturn(text: session.redactor.redact(failure.message), isError: true)
        } catch let error as SignalboxError {
            return ToolReturn(text: session.redactor.redact(error.description), isError: true)
        }
    }

    /// The form of the journal; the bytes of files go to the blob store.
    private func kept(_ output: ToolOutput, of request: ToolRequest) async throws -> ToolReturn {
        var parts = output.parts.map { part in
            part.text.map { .text(ToolText.ends(of: Array($0.utf8), maximum: Limits.toolResultBytesMaximum)) } ?? part
        }
        if output.isFromNetwork {
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
