internal import Core
internal import Providers

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
