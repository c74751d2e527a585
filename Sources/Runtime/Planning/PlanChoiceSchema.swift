internal import Core
internal import Plans

/// What a planner answers: a choice that fits one of the plans, so that a wrong one is told back to it at once.
enum PlanChoiceSchema {
    static func schema(for plans: [Plan]) -> JSON {
        let none = object(["plan": ["type": "null"]])
        return object([
            "reason": ["type": "string", "description": "Why, in one or two sentences."],
            "confidence": ["type": "number", "minimum": 0, "maximum": 1],
            "choice": ["anyOf": .array(plans.map(choice) + [none])],
        ])
    }

    private static func choice(of plan: Plan) -> JSON {
        let members = plan.inputs.map { input in
            // References of an input's own schema would mean something else here.
            let own = input.schema.flatMap { $0.text.contains("\"$") ? nil : $0.objectValue } ?? [:]
            var schema = own
            if schema["type"] == nil, input.type != .any { schema["type"] = .string(input.type.rawValue) }
            if let summary = input.summary { schema["description"] = .string(summary) }
            return (input.name, JSON.object(schema))
        }
        let required = plan.inputs.filter(\.isRequired).map { JSON.string($0.name) }
        let inputs: JSON = [
            "type": "object", "properties": .object(JSONObject(members)), "required": .array(required),
            "additionalProperties": false,
        ]
        return object(["plan": ["type": "string", "enum": [.string(plan.name)]], "inputs": inputs])
    }

    /// An object that has all of these members and no others.
    private static func object(_ members: JSONObject) -> JSON {
        [
            "type": "object", "properties": .object(members), "required": .array(members.names.map(JSON.string)),
            "additionalProperties": false,
        ]
    }
}
