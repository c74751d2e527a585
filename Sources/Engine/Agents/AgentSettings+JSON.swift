internal import Core

extension AgentSettings {
    /// The form of the journal: what differs from the defaults.
    var json: JSON {
        let defaults = AgentSettings()
        var object = JSONObject()
        func note<Value: Equatable>(_ name: String, _ member: KeyPath<AgentSettings, Value>, _ json: (Value) -> JSON?) {
            if self[keyPath: member] != defaults[keyPath: member] { object[name] = json(self[keyPath: member]) }
        }
        note("max_duration_ms", \.maxDurationMilliseconds) { .int($0) }
        note("turns", \.turns) { .int(Int64($0)) }
        note("tool_calls", \.toolCalls) { .int(Int64($0)) }
        note("tokens", \.tokens) { $0.map(JSON.int) }
        note("cost", \.cost) { $0.map { .string($0.description) } }
        note("loop_repeats", \.loopRepeats) { .int(Int64($0)) }
        note("loop_check_every", \.loopCheckEvery) { .int(Int64($0)) }
        note("loop_method", \.loopMethod) { .string($0.rawValue) }
        note("loop_model", \.loopModel) { $0.map(JSON.string) }
        note("thinking", \.thinking) { .string($0.rawValue) }
        return .object(object)
    }

    /// Reads `json` back.
    init(_ json: JSON?) {
        self.init()
        guard let json else { return }
        maxDurationMilliseconds = json["max_duration_ms"]?.intValue ?? maxDurationMilliseconds
        turns = json["turns"]?.intValue.map(Int.init) ?? turns
        toolCalls = json["tool_calls"]?.intValue.map(Int.init) ?? toolCalls
        tokens = json["tokens"]?.intValue
        cost = json["cost"]?.stringValue.flatMap(Money.init(dollars:))
        loopRepeats = json["loop_repeats"]?.intValue.map(Int.init) ?? loopRepeats
        loopCheckEvery = json["loop_check_every"]?.intValue.map(Int.init) ?? loopCheckEvery
        loopMethod = json["loop_method"]?.stringValue.flatMap(LoopMethod.init(rawValue:)) ?? loopMethod
        loopModel = json["loop_model"]?.stringValue
        thinking = json["thinking"]?.stringValue.flatMap(ThinkingLevel.init(rawValue:)) ?? thinking
    }
}
