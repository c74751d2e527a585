import Core

@testable import Providers

extension GoldenCase {
    /// What becomes of a streamed answer with these numbers, read as it would be read from the provider.
    var answer: ReadAnswer {
        switch text("shape") {
        case "openai_chat": .chatCompletion(stream(chatCompletion) + Array("data: [DONE]\n\n".utf8))
        case "openai_responses": .openAIResponse(stream(response))
        case "anthropic": .anthropicMessage(stream(message))
        default: .gemini(stream(gemini))
        }
    }

    private func stream(_ events: [JSON]) -> [UInt8] {
        events.flatMap { Array("data: ".utf8) + $0.bytes + Array("\n\n".utf8) }
    }

    private var usage: JSON { json["usage"] ?? .null }

    /// The object with the names of service and model that the case knows.
    private func named(_ object: JSONObject) -> JSON {
        var object = object
        object["service_tier"] = json["service_tier"]
        object["model"] = json["response_model"]
        return .object(object)
    }

    private var chatCompletion: [JSON] {
        [
            ["choices": [["index": 0, "delta": ["content": "…"], "finish_reason": "stop"]]],
            named(["choices": [], "usage": usage]),
        ]
    }

    private var response: [JSON] {
        let output = json["output"] ?? [["type": "message", "content": [["type": "output_text", "text": "…"]]]]
        let whole = named(["status": "completed", "output": output, "usage": usage])
        return [["type": "response.completed", "response": whole]]
    }

    /// Its end says again what the beginning has said, or what has changed since.
    private var message: [JSON] {
        [
            ["type": "message_start", "message": named(["content": [], "usage": usage])],
            ["type": "message_delta", "delta": ["stop_reason": "end_turn"], "usage": json["delta"] ?? [:]],
            ["type": "message_stop"],
        ]
    }

    private var gemini: [JSON] {
        var candidate: JSONObject = ["content": ["parts": [["text": "…"]]], "finishReason": "STOP"]
        candidate["groundingMetadata"] = json["grounding"]
        return [["candidates": [.object(candidate)], "usageMetadata": usage]]
    }
}
