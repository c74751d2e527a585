import Core
import FakeModel
import HTTPClient

/// An interface of the server, as a client without any comfort speaks it.
enum Interface: CaseIterable, Sendable {
    case chat, responses, messages, gemini

    /// The address of one that is streamed, or not.
    func url(_ server: FakeModelServer, streamed: Bool) -> String {
        switch self {
        case .chat: server.openAIBaseURL + "/chat/completions"
        case .responses: server.openAIBaseURL + "/responses"
        case .messages: server.address + "/v1/messages"
        case .gemini:
            server.address + "/v1beta/models/any:" + (streamed ? "streamGenerateContent?alt=sse" : "generateContent")
        }
    }

    /// A request with one message of a user.
    func body(_ prompt: String, streamed: Bool) -> JSON {
        switch self {
        case .chat:
            ["model": "any", "messages": [["role": "user", "content": .string(prompt)]], "stream": .bool(streamed)]
        case .responses: ["model": "any", "input": .string(prompt), "stream": .bool(streamed)]
        case .messages:
            [
                "model": "any", "max_tokens": 9, "messages": [["role": "user", "content": .string(prompt)]],
                "stream": .bool(streamed),
            ]
        case .gemini: ["contents": [["role": "user", "parts": [["text": .string(prompt)]]]]]
        }
    }

    /// The text of a whole answer.
    func text(of answer: JSON) -> String? {
        switch self {
        case .chat: answer["choices"]?[0]?["message"]?["content"]?.stringValue
        case .responses: answer["output"]?[0]?["content"]?[0]?["text"]?.stringValue
        case .messages: answer["content"]?[0]?["text"]?.stringValue
        case .gemini: answer["candidates"]?[0]?["content"]?["parts"]?[0]?["text"]?.stringValue
        }
    }

    /// The stretch of text that an event of a stream tells.
    func delta(of event: JSON) -> String {
        switch self {
        case .chat: event["choices"]?[0]?["delta"]?["content"]?.stringValue ?? ""
        case .responses:
            event["type"] == "response.output_text.delta" ? event["delta"]?.stringValue ?? "" : ""
        case .messages: event["delta"]?["text"]?.stringValue ?? ""
        case .gemini: text(of: event) ?? ""
        }
    }

    /// Asks, and collects the answer.
    func ask(
        _ server: FakeModelServer, _ prompt: String, streamed: Bool = false, headers: ClientHeaders = [:],
        body: JSON? = nil
    ) async throws -> (status: Int, headers: ClientHeaders, body: [UInt8]) {
        var headers = headers
        headers.add("Content-Type", "application/json")
        if self == .messages { headers.add("anthropic-version", "2023-06-01") }
        let request = ClientRequest(
            "POST", url(server, streamed: streamed), headers: headers,
            body: (body ?? self.body(prompt, streamed: streamed)).bytes)
        let response = try await testClient.send(request)
        return (response.status, response.headers, try await response.collect(bytesMaximum: 1 << 20))
    }
}

/// The data of an event stream, as JSON.
func events(of stream: [UInt8]) throws -> [JSON] {
    try String(decoding: stream, as: UTF8.self).split(separator: "\n")
        .filter { $0.hasPrefix("data: ") && $0 != "data: [DONE]" }
        .map { try JSON(parsing: Array($0.dropFirst(6).utf8)) }
}

/// Kept for the whole run: a client that is let go of closes its connections.
let testClient = HTTPClient(userAgent: "test")
