internal import Core
public import Plans

/// What the first request of a run comes to, before it is put together.
extension TaskMachine {
    /// In bytes of which three stand for a token: what the step is given, what every agent is told beside that, its schema,
    /// and its built-in tools. Tools of MCP servers and files are known when the request is put together; then it is looked
    /// at once more (`SizeRequest`).
    /// - Parameter input: in the form of the journal.
    func firstRequestBytes(of input: JSON, at address: StepAddress) -> Int {
        let definition = definition(at: address)
        guard let agent = agent(of: definition) else { return input.bytes.count }
        let schema = answerSchema(of: definition)
        var bytes = input.bytes.count + (schema?.bytes.count ?? 0)
        let isScripted = ScriptModel.path(of: input["model"]?.stringValue ?? "") != nil
        if !isScripted {
            bytes += StandingInstructions.texts(hasSchema: schema != nil).reduce(0) { $0 + $1.utf8.count + 2 }
        }
        return agent.tools.reduce(bytes) { $0 + $1.reservedBytes }
    }

    private func answerSchema(of step: StepDefinition) -> JSON? {
        switch step.kind {
        case .agent(let call): call.schema
        case .branch(let branch): branch.answerSchema
        default: nil
        }
    }
}

extension ToolGrant {
    /// What a model is told of it; nothing for tools that only their server knows.
    public var reservedBytes: Int {
        guard let parameters = kind.parameters else { return 0 }
        var bytes = parameters.bytes.count + Limits.toolDescriptionBytesReserved
        if case .program(let options) = kind { bytes += options.summary.utf8.count }
        return bytes
    }
}
