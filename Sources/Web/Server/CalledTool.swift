internal import Core
internal import Store

/// Finds the tool of a call, whose result names only the call.
enum CalledTool: Sendable {
    /// The name of the tool; nil when the events do not tell.
    /// - Parameters:
    ///   - id: of the call, unique within its turn.
    ///   - events: those before the result.
    static func name(id: String, step: StepPath?, in events: ArraySlice<EventRow>) throws -> String? {
        for event in events.reversed() where event.step == step {
            switch event.kind {
            case "tool_started":
                let call = try JSON(parsing: event.payload)
                if call["id"]?.stringValue == id { return call["tool"]?.stringValue }
            // A call that was never made stands only here.
            case "turn_completed":
                let calls = try JSON(parsing: event.payload)["calls"]?.arrayValue ?? []
                return calls.first { $0["id"]?.stringValue == id }?["tool"]?.stringValue
            case "step_started": return nil
            default: continue
            }
        }
        return nil
    }
}
