public import Core

/// What the arguments of built-in tools must be, as JSON Schemas: one source for what models are told, for what is checked
/// before a call, and for what is checked when a plan is read.
public enum ToolParameters: Sendable {
    public static let readFile: JSON = [
        "type": "object",
        "properties": [
            "path": ["type": "string", "description": "relative to the task's directory, such as in/report.csv"],
            "offset": [
                "type": "integer", "minimum": 1,
                "description": "the first line to return, counted from 1; default 1",
            ],
            "limit": [
                "type": "integer", "minimum": 1,
                "description": .string("how many lines to return; default \(Limits.toolLinesDefault)"),
            ],
            "unit": [
                "type": "string", "enum": ["lines", "bytes"],
                "description": "what offset and limit count; default lines",
            ],
        ],
        "required": ["path"], "additionalProperties": false,
    ]

    public static let writeFile: JSON = [
        "type": "object",
        "properties": [
            "path": ["type": "string", "description": "relative to the task's directory, such as out/letter.md"],
            "content": ["type": "string", "description": "all of the file's text"],
        ],
        "required": ["path", "content"], "additionalProperties": false,
    ]

    public static let listFiles: JSON = [
        "type": "object",
        "properties": [
            "path": [
                "type": "string",
                "description": "the directory to look into, relative to the task's directory; default all",
            ],
            "pattern": [
                "type": "string",
                "description": "only paths below it that fit, such as *.csv or **/*.csv; default all",
            ],
        ],
        "additionalProperties": false,
    ]

    public static func http(_ options: HTTPToolOptions) -> JSON {
        var properties: JSONObject = [
            "url": ["type": "string", "description": "an address that begins with https:// or http://"],
            "method": ["type": "string", "enum": .array(options.methods.map(JSON.string))],
            "headers": ["type": "object", "additionalProperties": ["type": "string"]],
            "save_to": [
                "type": "string",
                "description":
                    "a file of the task to put the body into instead of returning it, such as out/report.pdf",
            ],
        ]
        if options.methods.contains(where: { !HTTPToolOptions.readingMethods.contains($0) }) {
            properties["body"] = ["description": "a string is sent as it is, anything else as JSON"]
        }
        return [
            "type": "object", "properties": .object(properties), "required": ["url"], "additionalProperties": false,
        ]
    }

    public static func command(_ options: CommandToolOptions) -> JSON {
        var properties: JSONObject = [
            "arguments": [
                "type": "array", "items": ["type": "string"], "minItems": 1,
                "description": "the program and its arguments, such as [\"sort\", \"in/names.txt\"]",
            ],
            "stdin": ["type": "string", "description": "what it reads from stdin; default nothing"],
        ]
        guard options.isShellAllowed else {
            return [
                "type": "object", "properties": .object(properties), "required": ["arguments"],
                "additionalProperties": false,
            ]
        }
        properties["shell"] = ["type": "string", "description": "a line for /bin/sh, instead of arguments"]
        return ["type": "object", "properties": .object(properties), "additionalProperties": false]
    }

    public static let askQuestion: JSON = [
        "type": "object", "required": ["question"], "additionalProperties": false,
        "properties": [
            "question": ["type": "string", "minLength": 1],
            "choices": [
                "type": "array", "items": ["type": "string", "minLength": 1], "maxItems": 20, "uniqueItems": true,
                "description": "The possible answers, where only these make sense.",
            ],
        ],
    ]

    /// - Parameter plans: which ones it may start; nil for all.
    public static func createTask(_ plans: [String]?) -> JSON {
        var plan: JSONObject = ["type": "string", "description": "The name of the plan."]
        if let plans { plan["enum"] = .array(plans.map(JSON.string)) }
        return [
            "type": "object", "required": ["plan"], "additionalProperties": false,
            "properties": [
                "plan": .object(plan),
                "inputs": ["type": "object", "description": "Values for the inputs of the plan."],
                "wait": [
                    "type": "boolean",
                    "description": "Whether to wait for its end (default), or only start it.",
                ],
            ],
        ]
    }

    public static let remember: JSON = [
        "type": "object", "required": ["name", "text"], "additionalProperties": false,
        "properties": [
            "name": ["type": "string", "minLength": 1, "maxLength": 200, "description": "What it is about."],
            "text": ["type": "string", "minLength": 1, "maxLength": 16_000],
        ],
    ]

    public static let recall: JSON = [
        "type": "object", "additionalProperties": false,
        "properties": [
            "words": ["type": "string", "description": "What to look for; nothing for what was kept last."]
        ],
    ]
}

extension ToolGrant.Kind {
    /// What the arguments of the tool must be; nil for what is no tool of ours, or has no arguments.
    public var parameters: JSON? {
        switch self {
        case .readFile: ToolParameters.readFile
        case .writeFile: ToolParameters.writeFile
        case .listFiles: ToolParameters.listFiles
        case .http(let options): ToolParameters.http(options)
        case .command(let options): ToolParameters.command(options)
        case .program(let options): options.parameters
        case .askQuestion: ToolParameters.askQuestion
        case .createTask(let plans): ToolParameters.createTask(plans)
        case .remember: ToolParameters.remember
        case .recall: ToolParameters.recall
        case .webSearch, .mcp: nil
        }
    }
}
