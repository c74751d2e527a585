internal import Core

/// What a provider wants to get back with a part of its answer: the form of `Thinking.state` and its like.
///
/// It belongs to one model of one provider. Others could not read it, and some refuse a request that holds it.
enum ProviderState: Sendable {
    /// A state of these members that says whose it is.
    static func of(_ model: ModelName, _ members: JSONObject) -> JSON {
        var state: JSONObject = ["provider": .string(model.provider), "model": .string(model.model)]
        for (name, value) in members { state[name] = value }
        return .object(state)
    }

    /// The state, if it is of that model.
    static func owned(_ state: JSON?, by model: ModelName) -> JSON? {
        guard let state, state["provider"]?.stringValue == model.provider,
            state["model"]?.stringValue == model.model
        else { return nil }
        return state
    }
}
