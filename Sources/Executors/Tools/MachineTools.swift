internal import Core
internal import Plans
internal import Providers

/// The tools that the task's machine carries out itself.
enum MachineTools {
    static let askQuestion = ToolDeclaration(
        name: "ask_question",
        summary: "Asks a person and waits for the answer. Use it when you cannot go on without knowing something.",
        parameters: ToolParameters.askQuestion)

    static func createTask(_ plans: [String]?) -> ToolDeclaration {
        ToolDeclaration(
            name: "create_task", summary: "Starts a task that runs a saved plan, and gives its outputs.",
            parameters: ToolParameters.createTask(plans))
    }
}
