internal import Core

extension StepWork.Call {
    /// The same call with what a person has changed in it; the form is that of `json`, and has been checked against it.
    /// - Throws: `Failure` when it is not.
    func changed(to agreed: JSON) throws(Failure) -> StepWork.Call {
        switch self {
        case .command(var command):
            command.arguments = agreed["arguments"]?.arrayValue?.compactMap(\.stringValue) ?? command.arguments
            command.stdin = agreed["stdin"] ?? command.stdin
            command.environment = pairs(agreed["environment"]) ?? command.environment
            guard !command.arguments.isEmpty else {
                throw Failure(.validation, "The program that was agreed to has no name.")
            }
            return .command(command)
        case .http(var request):
            request.method = agreed["method"]?.stringValue ?? request.method
            request.url = agreed["url"]?.stringValue ?? request.url
            request.headers = pairs(agreed["headers"]) ?? request.headers
            request.body = agreed["body"] ?? request.body
            return .http(request)
        case .agent(var agent):
            agent.model = agreed["model"]?.stringValue ?? agent.model
            agent.system = agreed["system"]?.stringValue ?? agent.system
            agent.prompt = agreed["prompt"]?.stringValue ?? agent.prompt
            return .agent(agent)
        case .tool(var tool):
            tool.arguments = agreed["arguments"]?.objectValue ?? tool.arguments
            return .tool(tool)
        }
    }

    private func pairs(_ json: JSON?) -> [(name: String, value: String)]? {
        json?.objectValue?.compactMap { member in member.value.stringValue.map { (member.name, $0) } }
    }
}
