internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/agents/{name}/memory`: what an agent keeps from one task to the next.
struct MemoryResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] { [list, forget] }

    private static let entry = Parameter.path("entry", "The name of an entry.")

    private var list: Operation {
        Operation(
            .get, "/api/agents/{name}/memory", "listMemory", "What an agent keeps from one task to the next.",
            parameters: [AgentsResource.name], answers: [.json("All entries.", .memory)], problems: [.notFound]
        ) { call in
            let name = try call[AgentsResource.name]
            let entries = try await runtime.memory(of: name)
            return .json(["agent": .string(name), "entries": .array(entries.map(\.json))])
        }
    }

    private var forget: Operation {
        Operation(
            .delete, "/api/agents/{name}/memory/{entry}", "forgetMemory", "Deletes one entry.",
            parameters: [AgentsResource.name, Self.entry],
            answers: [.json("It is gone.", .object(["agent": .text, "deleted": .text]))], problems: [.notFound]
        ) { call in
            let (name, entry) = (try call[AgentsResource.name], try call[Self.entry])
            try await runtime.forget(entry, of: name)
            return .json(["agent": .string(name), "deleted": .string(entry)])
        }
    }
}

extension MemoryRow {
    fileprivate var json: JSON {
        [
            "name": .string(name), "text": .string(text), "saved": .string(savedAt.rfc3339),
            "task": .int(task.rawValue),
        ]
    }
}
