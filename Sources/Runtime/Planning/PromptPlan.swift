internal import Core
internal import Plans

/// The plans that free instructions become: what carries them out is on record like any other task.
enum PromptPlan {
    /// The step in which a plan is chosen.
    static let choiceStep = "choose"
    /// Who chooses, and who follows instructions that no plan fits; agents of the library that have these names take the
    /// place of the built-in ones.
    static let plannerName = "planner"
    static let generalName = "general"

    /// One step, in which an agent follows the instructions.
    /// - Parameters:
    ///   - agent: of the library; nil for the built-in one.
    ///   - reason: why it is this one, for people.
    static func single(agent: LibraryReference?, reason: String) -> PlanSource {
        let name = agent?.name ?? generalName
        return source([
            "name": "prompt", "description": .string(reason),
            "agents": .object([name: definition(agent, else: general)]),
            "inputs": ["prompt": "string"],
            "steps": ["work": ["agent": .string(name), "prompt": "${{ inputs.prompt }}"]],
            "outputs": ["result": "${{ steps.work.output }}"],
        ])
    }

    /// An agent chooses one of the plans and fills its inputs; or another one follows the instructions itself.
    /// - Parameters:
    ///   - planner: an agent of the library that chooses; nil for the built-in one.
    ///   - general: an agent of the library that follows the instructions itself; nil for the built-in one.
    static func choosing(
        among plans: [Plan], planner: LibraryReference?, general: LibraryReference?
    ) -> PlanSource {
        var paths = JSONObject()
        for plan in plans { paths[pathName(of: plan)] = path(to: plan) }
        return source([
            "name": "planner",
            "description": "Chooses a published plan for free instructions, or lets an agent follow them.",
            "agents": [
                "planner": definition(planner, else: ["system": .string(instructions)]),
                "general": definition(general, else: Self.general),
            ],
            "inputs": ["prompt": "string", "plans": ["type": "array", "default": catalog(of: plans)]],
            "steps": [
                "choose": [
                    "agent": "planner", "prompt": .string(question),
                    "schema": PlanChoiceSchema.schema(for: plans), "on_error": "continue",
                ],
                "work": [
                    "branch": .object(paths),
                    "otherwise": [
                        "steps": ["answer": ["agent": "general", "prompt": "${{ inputs.prompt }}"]],
                        "output": "${{ steps.answer.output }}",
                    ],
                ],
            ],
            "outputs": [
                "result": "${{ steps.work.output }}",
                "plan": .string("${{ \(isChosen) ? steps.choose.output.choice.plan : null }}"),
                "reason": .string(
                    "${{ \(isChosen) ? steps.choose.output.reason : \"No plan was chosen. \" + steps.choose.error.message }}"
                ),
                "confidence": .string("${{ \(isChosen) ? steps.choose.output.confidence : null }}"),
            ],
        ])
    }

    /// Whether the planner has given an answer that could be used; else an agent follows the instructions itself.
    private static let isChosen = "steps.choose.status == \"completed\""

    /// What the planner is told of the plans.
    private static func catalog(of plans: [Plan]) -> JSON {
        .array(
            plans.map { plan in
                var entry: JSONObject = ["plan": .string(plan.name)]
                entry["description"] = plan.summary.map(JSON.string)
                entry["inputs"] = .array(
                    plan.inputs.map { input in
                        var member: JSONObject = [
                            "name": .string(input.name), "type": .string(input.type.rawValue),
                            "required": .bool(input.isRequired),
                        ]
                        member["description"] = input.summary.map(JSON.string)
                        member["default"] = input.defaultValue
                        return .object(member)
                    })
                return .object(entry)
            })
    }

    private static func definition(_ agent: LibraryReference?, else own: JSON) -> JSON {
        agent.map { ["library": .string($0.text)] } ?? own
    }

    private static let general: JSON = [
        "system": "You carry out what you are asked for, with the tools you have. Say plainly what you could not do.",
        "tools": ["read_file", "write_file", "list_files", "ask_question"],
    ]

    private static let instructions = """
        You decide how a request is carried out. You are given the request and the plans that there are. Choose a plan \
        only if it does what the request asks for, and take the values of its inputs from the request alone: never make \
        one up. If no plan fits, or a required value is not in the request, choose null; then an agent carries the request \
        out by itself. Give your reason in one or two sentences, for people who read it later, and how sure you are, from \
        0 to 1.
        """

    private static let question = """
        The request:
        ${{ inputs.prompt }}

        The plans, with the inputs of each:
        ${{ inputs.plans }}
        """

    /// The path that runs the plan.
    private static func path(to plan: Plan) -> JSON {
        let given = "steps.choose.output.choice.inputs"
        var inputs = JSONObject()
        for input in plan.inputs {
            let name = JSON.string(input.name).text
            inputs[input.name] = .string("${{ \(name) in \(given) ? \(given)[\(name)] : null }}")
        }
        var run: JSONObject = ["task": .string(plan.name)]
        if !inputs.isEmpty { run["inputs"] = .object(inputs) }
        var path: JSONObject = [
            "when": .string("\(isChosen) && steps.choose.output.choice.plan == \(JSON.string(plan.name).text)")
        ]
        path["description"] = plan.summary.map(JSON.string)
        path["steps"] = ["run": .object(run)]
        path["output"] = "${{ steps.run.output }}"
        return .object(path)
    }

    /// A path cannot have the name of the last resort.
    private static func pathName(of plan: Plan) -> String {
        plan.name == BranchDefinition.otherwiseName ? "plan-otherwise" : plan.name
    }

    private static func source(_ document: JSON) -> PlanSource {
        PlanSource(path: "plan.json", text: document.prettyText + "\n")
    }
}
