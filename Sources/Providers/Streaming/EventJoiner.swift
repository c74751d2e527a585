/// Joins stretches of the same kind that arrive together, so that listeners are called once for them.
struct EventJoiner: Sendable {
    private var events: [ModelEvent] = []
    /// What the last events have in common and their texts: joined when another kind follows, for each text that is
    /// appended to an event in place would be copied.
    private var kind: Kind?
    private var stretches: [String] = []

    private enum Kind: Sendable {
        case text, reasoning, refusal, toolArguments
    }

    mutating func append(_ event: ModelEvent) {
        switch event {
        case .text(let text): append(text, .text)
        case .reasoning(let text): append(text, .reasoning)
        case .refusal(let text): append(text, .refusal)
        case .toolArguments(let text): append(text, .toolArguments)
        case .toolCall, .webSearch:
            close()
            events.append(event)
        }
    }

    /// Everything, in order.
    consuming func joined() -> [ModelEvent] {
        close()
        return events
    }

    private mutating func append(_ text: String, _ kind: Kind) {
        if kind != self.kind { close() }
        self.kind = kind
        stretches.append(text)
    }

    private mutating func close() {
        let text = stretches.joined()
        switch kind {
        case .text: events.append(.text(text))
        case .reasoning: events.append(.reasoning(text))
        case .refusal: events.append(.refusal(text))
        case .toolArguments: events.append(.toolArguments(text))
        case nil: break
        }
        kind = nil
        stretches = []
    }
}
