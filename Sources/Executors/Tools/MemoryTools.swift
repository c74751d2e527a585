internal import Core
internal import Engine
internal import Plans
internal import Providers

/// Keeps something for later tasks.
struct RememberTool: Tool {
    let agent: String
    let memory: any AgentMemory

    let declaration = ToolDeclaration(
        name: "remember",
        summary: "Keeps a fact for later tasks. What was kept under the same name is replaced.",
        parameters: ToolParameters.remember)
    /// The same once more changes nothing.
    let isRepeatable = true

    func call(_ arguments: JSONObject, in context: ToolContext) async throws -> ToolOutput {
        guard let name = arguments["name"]?.stringValue, let text = arguments["text"]?.stringValue else {
            throw SignalboxError(.invalidInput, "Both name and text are needed.")
        }
        guard Self.isName(name) else {
            throw SignalboxError(
                .invalidInput,
                "A name is text that people can see and type: not \".\" or \"..\", without line breaks, "
                    + "control characters and spaces at its ends.")
        }
        try await memory.remember(text, as: name, of: agent, task: context.work.task)
        return ToolOutput([.text("Kept as \"\(name)\".")])
    }

    /// Whether people can see and type the name, to look at what was kept and to delete it.
    private static func isName(_ name: String) -> Bool {
        guard name != ".", name != "..", name.first?.isWhitespace == false, name.last?.isWhitespace == false else {
            return false
        }
        return HiddenCharacter.naming(in: name) == name && !name.contains { $0.isNewline || $0 == "\t" }
    }
}

/// Looks up what was kept.
struct RecallTool: Tool {
    let agent: String
    let memory: any AgentMemory

    private static let limit = 20

    let declaration = ToolDeclaration(
        name: "recall", summary: "Looks up what you have kept in earlier tasks.",
        parameters: ToolParameters.recall)
    let isRepeatable = true
    let onlyLooks = true

    func call(_ arguments: JSONObject, in context: ToolContext) async throws -> ToolOutput {
        let entries = try await memory.recall(
            arguments["words"]?.stringValue ?? "", of: agent, limit: Self.limit)
        guard !entries.isEmpty else { return ToolOutput([.text("Nothing was kept.")]) }
        let lines = entries.map { "\($0.name) (task \($0.task)): \($0.text)" }
        // A model has written it, perhaps from what others said.
        return ToolOutput([.text(lines.joined(separator: "\n"))], isFromNetwork: true, source: "memory")
    }
}
