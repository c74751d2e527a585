internal import Core
internal import HTTPClient

/// The HTTP exchanges of an agent, and nothing else: each request is sent as soon as the answer of the one before is
/// there. What a turn takes beyond it is the engine's own time.
struct BareExchange: Sendable {
    let address: String
    let client: HTTPClient

    /// One conversation of as many turns as the agents have.
    func converse(_ prompt: String) async throws {
        var messages: [JSON] = [["role": "user", "content": .string(prompt)]]
        for turn in 1...AgentBench.turns {
            let body: JSON = [
                "model": "any", "messages": .array(messages), "stream": true,
                "stream_options": ["include_usage": true], "tools": [Self.tool],
            ]
            let request = ClientRequest(
                "POST", address + "/v1/chat/completions", headers: ["Content-Type": "application/json"],
                body: body.bytes)
            let response = try await client.send(request)
            _ = try await response.collect(bytesMaximum: Limits.outputBytesMaximum)
            guard response.status == 200 else {
                throw SignalboxError(.internal, "The fake model server answered \(response.status).")
            }
            let id = JSON.string("call_\(turn)")
            messages.append([
                "role": "assistant", "content": nil,
                "tool_calls": [
                    [
                        "id": id, "type": "function",
                        "function": ["name": "list_files", "arguments": "{\"path\":\".\"}"],
                    ]
                ],
            ])
            messages.append(["role": "tool", "tool_call_id": id, "content": "[]"])
        }
    }

    private static let tool: JSON = [
        "type": "function",
        "function": [
            "name": "list_files", "description": "Lists the files of a directory.",
            "parameters": ["type": "object", "properties": ["path": ["type": "string"]]],
        ],
    ]
}
