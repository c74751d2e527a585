import Core
import FakeModel
import HTTPClient
import Testing

/// Requests that the real interfaces refuse are refused, in their words.
@Suite(.timeLimit(.minutes(1)))
struct RefusalTests {
    @Test(arguments: [
        (Interface.chat, "{}", "you must provide a model parameter"),
        (.chat, #"{"model":"m"}"#, "Missing required parameter: 'messages'"),
        (.chat, #"{"model":"m","messages":"x"}"#, "expected an array of objects, but got a string instead"),
        (.chat, #"{"model":"m","messages":[{"role":"bot","content":"x"}]}"#, "Invalid value: 'bot'"),
        (.chat, #"{"model":"m","messages":[{"role":"user"}]}"#, "expected a string, got null"),
        (
            .chat,
            #"{"model":"m","messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"a b"}}]}"#,
            "does not match pattern"
        ),
        (.chat, #"{"model":"m","temperature":3,"messages":[{"role":"user","content":"x"}]}"#, "Invalid 'temperature'"),
        (.responses, #"{"model":"m"}"#, "Missing required parameter: 'input'"),
        (
            .responses, #"{"model":"m","input":[{"type":"function_call_output","call_id":"c","output":"x"}]}"#,
            "No tool call found for function call output with call_id c"
        ),
        (
            .responses, #"{"model":"m","input":[{"type":"function_call","call_id":"c","name":"f","arguments":"{}"}]}"#,
            "No tool output found for function call c"
        ),
        (
            .responses, #"{"model":"m","input":[{"type":"reasoning","id":"rs_1","summary":[]}]}"#,
            "without its required following item"
        ),
        (
            .responses, #"{"model":"m","input":"x","previous_response_id":"r"}"#,
            "Previous response with id 'r' not found"
        ),
        (.messages, #"{"model":"m","messages":[{"role":"user","content":"x"}]}"#, "max_tokens: Field required"),
        (.messages, #"{"model":"m","max_tokens":1,"messages":[]}"#, "at least one message is required"),
        (.messages, #"{"model":"m","max_tokens":1,"messages":[{"role":"system","content":"x"}]}"#, "Unexpected role"),
        (
            .messages, #"{"model":"m","max_tokens":1,"messages":[{"role":"user","content":""}]}"#,
            "text content blocks must be non-empty"
        ),
        (
            .messages,
            #"{"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t"}]}]}"#,
            "unexpected `tool_use_id` found"
        ),
        (.gemini, "{}", "contents is not specified"),
        (.gemini, #"{"contents":[{"role":"bot","parts":[{"text":"x"}]}]}"#, "valid role: user, model"),
        (
            .gemini,
            #"{"contents":[{"role":"user","parts":[{"text":"x"}]},{"role":"model","parts":[{"functionCall":{"name":"f"}}]},{"role":"user","parts":[{"text":"y"}]}]}"#,
            "number of function response parts is equal"
        ),
        (
            .gemini,
            #"{"contents":[{"parts":[{"text":"x"}]}],"tools":[{"functionDeclarations":[{"name":"1f"}]}]}"#,
            "Invalid function name"
        ),
    ])
    func refuses(_ interface: Interface, _ body: String, _ sentence: String) async throws {
        try await FakeModelServer.serving { server in
            let answer = try await interface.ask(server, "", body: try JSON(parsing: Array(body.utf8)))
            #expect(answer.status == 400)
            let message = try JSON(parsing: answer.body)["error"]?["message"]?.stringValue ?? ""
            #expect(message.contains(sentence), "\(message)")
        }
    }

    @Test(arguments: ["/", "/v1", "/v1/chat", "/v1/embeddings", "/v1beta/models/m:embed", "/v1/messages/x", "/fake/x"])
    func knowsNoOtherAddress(_ path: String) async throws {
        try await FakeModelServer.serving { server in
            let request = ClientRequest("POST", server.address + path, body: Array("{}".utf8))
            let answer = try await testClient.send(request)
            #expect(answer.status == 404)
        }
    }

    @Test(arguments: Interface.allCases)
    func wantsPost(_ interface: Interface) async throws {
        try await FakeModelServer.serving { server in
            let request = ClientRequest("GET", interface.url(server, streamed: false))
            let answer = try await testClient.send(request)
            #expect(answer.status == 405)
        }
    }
}
