internal import Core
internal import Engine
internal import Plans
internal import Providers

/// Makes the tools that a plan grants.
struct ToolSource: Sendable {
    /// The tools of an agent.
    /// - Throws: `SignalboxError` when a server that has some of them cannot be asked.
    func toolbox(of agent: AgentDefinition, for work: StepWork) async throws -> Toolbox {
        var entries: [Toolbox.Entry] = []
        var isWebSearchAllowed = false
        for grant in agent.tools {
            if case .webSearch = grant.kind { isWebSearchAllowed = true }
            for var entry in try await self.entries(of: grant, agent: agent.name) {
                entry.isRepeatable = grant.isRepeatable
                entries.append(entry)
            }
        }
        return try Toolbox(entries, isWebSearchAllowed: isWebSearchAllowed)
    }

    /// The tool that a step calls.
    /// - Throws: `SignalboxError` with code `not_found` when the server has no such tool.
    func tool(for call: StepWork.Tool) async throws -> Toolbox.Entry {
        let name =
            if case .mcp(let server, _) = call.definition.grant.kind {
                ToolGrant.name(of: call.definition.tool, on: server)
            } else {
                call.definition.tool
            }
        let entries = try await entries(of: call.definition.grant, agent: "")
        guard let entry = entries.first(where: { $0.declaration.name == name }) else {
            let known = entries.map(\.declaration.name).sorted().joined(separator: ", ")
            throw SignalboxError(
                .notFound, "There is no tool \"\(call.name)\".", hint: known.isEmpty ? nil : "The tools are \(known).")
        }
        return entry
    }

    private func entries(of grant: ToolGrant, agent: String) async throws -> [Toolbox.Entry] {
        switch grant.kind {
        case .askQuestion:
            return [Toolbox.Entry(declaration: MachineTools.askQuestion, performer: .person)]
        case .createTask(let plans):
            return [Toolbox.Entry(declaration: MachineTools.createTask(plans), performer: .task)]
        default: return []
        }
    }
}

/// The tools that the task's machine carries out itself.
enum MachineTools {
    static let askQuestion = ToolDeclaration(
        name: "ask_question",
        summary: "Asks a person and waits for the answer. Use it when you cannot go on without knowing something.",
        parameters: [
            "type": "object", "required": ["question"], "additionalProperties": false,
            "properties": [
                "question": ["type": "string", "minLength": 1],
                "choices": [
                    "type": "array", "items": ["type": "string"], "maxItems": 20,
                    "description": "The possible answers, where only these make sense.",
                ],
            ],
        ])

    static func createTask(_ plans: [String]?) -> ToolDeclaration {
        var plan: JSONObject = ["type": "string", "description": "The name of the plan."]
        if let plans { plan["enum"] = .array(plans.map(JSON.string)) }
        return ToolDeclaration(
            name: "create_task", summary: "Starts a task that runs a saved plan, and gives its outputs.",
            parameters: [
                "type": "object", "required": ["plan"], "additionalProperties": false,
                "properties": [
                    "plan": .object(plan),
                    "inputs": ["type": "object", "description": "Values for the inputs of the plan."],
                    "wait": [
                        "type": "boolean",
                        "description": "Whether to wait for its end (default), or only start it.",
                    ],
                ],
            ])
    }
}
