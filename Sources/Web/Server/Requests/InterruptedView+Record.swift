internal import Core
internal import Engine
internal import Runtime
internal import Store

extension InterruptedView {
    /// What the request is about, from the record of its step; nil for other kinds of requests.
    init?(_ request: DecisionRequest, in task: TaskNumber, _ runtime: Runtime) async throws {
        guard request.kind == .inDoubt else { return nil }
        if let call = request.subject, request.call != nil {
            let arguments = PayloadView.json(call["arguments"] ?? [:])
            self.init(.tool(call["tool"]?.stringValue ?? "a tool", arguments))
            return
        }
        guard let run = try await runtime.interruptedRun(request, of: task) else { return nil }
        self.init(input: run.input, startedAt: run.startedAt)
    }

    /// - Parameter input: what the run was given, which says by its members what kind of step it is.
    init(input: JSON, startedAt: Timestamp?) {
        if input["arguments"]?.arrayValue != nil {
            self.init(.command(CommandView(input, nil)), startedAt: startedAt)
        } else if input["method"]?.stringValue != nil, input["url"]?.stringValue != nil {
            self.init(.http(HTTPCallView(input, response: nil)), startedAt: startedAt)
        } else if let tool = input["tool"]?.stringValue {
            self.init(.tool(tool, PayloadView(value: input["arguments"] ?? [:])), startedAt: startedAt)
        } else {
            self.init(.input(PayloadView(value: input)), startedAt: startedAt)
        }
    }
}
