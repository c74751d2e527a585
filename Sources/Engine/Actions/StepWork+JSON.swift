public import Core

extension StepWork.Call {
    /// What the run was given, as the journal and the pages show it.
    public var json: JSON {
        switch self {
        case .command(let command):
            var object: JSONObject = ["arguments": .array(command.arguments.map(JSON.string))]
            object["stdin"] = command.stdin
            if !command.environment.isEmpty { object["environment"] = members(command.environment) }
            if command.hasNetwork { object["network"] = true }
            return .object(object)
        case .http(let request):
            var object: JSONObject = ["method": .string(request.method), "url": .string(request.url)]
            if !request.headers.isEmpty { object["headers"] = members(request.headers) }
            object["body"] = request.body
            return .object(object)
        case .agent(let agent):
            var object: JSONObject = ["agent": .string(agent.name), "model": .string(agent.model)]
            object["system"] = agent.system.map(JSON.string)
            object["prompt"] = .string(agent.prompt)
            if !agent.attachments.isEmpty { object["attach"] = .array(agent.attachments.map(JSON.string)) }
            return .object(object)
        case .tool(let tool): return ["tool": .string(tool.name), "arguments": .object(tool.arguments)]
        }
    }

    private func members(_ pairs: [(name: String, value: String)]) -> JSON {
        .object(JSONObject(pairs.map { ($0.name, JSON.string($0.value)) }))
    }
}
