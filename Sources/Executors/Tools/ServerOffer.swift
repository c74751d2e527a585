internal import Core
internal import MCP
internal import Plans
internal import Providers

/// What an MCP server has beside its tools, made tools: its resources and its prompts.
enum ServerOffer: String, Sendable, CaseIterable {
    case listResources = "list_resources"
    case readResource = "read_resource"
    case listPrompts = "list_prompts"
    case getPrompt = "get_prompt"

    /// How many entries of a list are given at once.
    static let entriesMaximum = 100

    /// What a model is told of it.
    func declaration(of server: String) -> ToolDeclaration {
        ToolDeclaration(
            name: ToolGrant.name(of: rawValue, on: server), summary: summary(of: server), parameters: parameters)
    }

    private func summary(of server: String) -> String {
        switch self {
        case .listResources:
            "Lists what the MCP server \(server) offers to be read: addresses, and templates of addresses to be filled in."
        case .readResource: "Reads a resource of the MCP server \(server) by its address."
        case .listPrompts: "Lists the prompts that the MCP server \(server) has prepared, and their arguments."
        case .getPrompt: "Gives a prepared prompt of the MCP server \(server), filled in with arguments."
        }
    }

    private var parameters: JSON {
        switch self {
        case .listResources, .listPrompts:
            [
                "type": "object", "additionalProperties": false,
                "properties": [
                    "offset": [
                        "type": "integer", "minimum": 1,
                        "description": .string(
                            "the first entry to list, counted from 1; default 1. \(Self.entriesMaximum) are listed at once"
                        ),
                    ]
                ],
            ]
        case .readResource:
            [
                "type": "object", "required": ["uri"], "additionalProperties": false,
                "properties": ["uri": ["type": "string", "minLength": 1, "description": "its address"]],
            ]
        case .getPrompt:
            [
                "type": "object", "required": ["name"], "additionalProperties": false,
                "properties": [
                    "name": ["type": "string", "minLength": 1],
                    "arguments": ["type": "object", "additionalProperties": ["type": "string"]],
                ],
            ]
        }
    }
}
