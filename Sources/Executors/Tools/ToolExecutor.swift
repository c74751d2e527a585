internal import Core
internal import Engine
internal import HTTPClient
internal import Plans
internal import Providers
internal import Store

/// Calls a tool for a step of the plan.
struct ToolExecutor: Sendable {
    let tools: ToolSource
    let blobs: BlobStore

    func run(
        _ call: StepWork.Tool, of work: StepWork, control: RunControl, live: LiveOutput? = nil
    ) async throws -> StepOutcome {
        do {
            return try await work.timeout.limit { try await self.outcome(of: call, work, control, live) }
        } catch let error as SignalboxError {
            return .failed(Failure(.toolError, upstream: error))
        }
    }

    private func outcome(
        of call: StepWork.Tool, _ work: StepWork, _ control: RunControl, _ live: LiveOutput?
    ) async throws -> StepOutcome {
        let entry = try await tools.tool(for: call)
        guard let tool = entry.tool else {
            preconditionFailure("A step calls tools that executors carry out.")
        }
        let violations = try JSONSchema(entry.declaration.parameters).validate(.object(call.arguments))
        guard violations.isEmpty else {
            let findings = violations.sentence(calling: "they")
            return .failed(Failure(.validation, "The arguments do not fit the tool \(call.name): \(findings)."))
        }
        let context = ToolContext(
            work: work, callID: "step", idempotencyKey: work.idempotencyKey, control: control, live: live)
        let output = try await tool.call(call.arguments, in: context)
        let text = output.parts.compactMap(\.text).joined()
        guard !output.isError else {
            return .failed(
                Failure(.toolError, text.isEmpty ? "The tool \(call.name) failed." : text), trace: output.trace)
        }
        return .completed(
            StepResult(
                output: output.value ?? JSON(valueOrText: Array(text.utf8)), files: output.files, trace: output.trace))
    }
}
