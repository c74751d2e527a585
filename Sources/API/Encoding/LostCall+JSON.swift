internal import Core
internal import Engine

extension LostCall {
    /// What is known of a call that was cut off, as runs and requests tell it.
    var told: JSON {
        var call: JSONObject = ["model": .string(model), "sentence": .string(sentence)]
        call["input_tokens"] = inputTokens.map(JSON.int)
        call["reserved_tokens"] = reservedTokens.map(JSON.int)
        call["reserved_cost"] = reservedCost.map(\.json)
        if maySearch { call["web_search"] = true }
        return .object(call)
    }
}
