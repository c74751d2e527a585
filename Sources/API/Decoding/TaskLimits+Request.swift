internal import Core
internal import Engine
internal import Plans

extension TaskLimits {
    /// Reads the member `limits` of a request: `duration` as in plans (`10m`), `tokens`, `cost` as a text in US dollars,
    /// `model_calls`, `tool_calls`, `turns`. Mistakes are noted with the reader.
    init(_ reader: inout ObjectReader) {
        self.init()
        guard let object = reader.object("limits") else { return }
        do {
            var limits = try ObjectReader(.object(object), at: reader.pointer(to: "limits"))
            durationMilliseconds = limits.string("duration").flatMap { Self.duration($0, &limits) }
            tokens = Self.count("tokens", maximum: Limits.planTokensMaximum, &limits)
            cost = limits.value("cost").flatMap { Self.cost($0, &limits) }
            modelCalls = Self.count("model_calls", maximum: Int64(Limits.planModelCallsMaximum), &limits).map(Int.init)
            toolCalls = Self.count("tool_calls", maximum: Int64(Limits.toolCallsMaximum), &limits).map(Int.init)
            turns = Self.count("turns", maximum: Int64(Limits.agentTurnsMaximum), &limits).map(Int.init)
            reader.add(limits.mistakes())
        } catch {
            preconditionFailure("An object can be read as one.")
        }
    }

    private static func duration(_ text: String, _ reader: inout ObjectReader) -> Int64? {
        if let milliseconds = DurationText.milliseconds(text) { return milliseconds }
        reader.add(
            "\"duration\" is no length of time", at: "duration", hint: "write it as 90s, 10m or 1h30m, up to a year")
        return nil
    }

    private static func count(_ name: String, maximum: Int64, _ reader: inout ObjectReader) -> Int64? {
        guard let value = reader.value(name) else { return nil }
        guard let count = value.wholeValue, (1...maximum).contains(count) else {
            reader.add(
                "\"\(name)\" must be a whole number from 1 to \(maximum.grouped), not \(value.briefly)", at: name)
            return nil
        }
        return count
    }

    private static func cost(_ value: JSON, _ reader: inout ObjectReader) -> Money? {
        if let cost = value.stringValue.flatMap(Money.init(dollars:)), cost > .zero { return cost }
        reader.add("\"cost\" must be an amount of US dollars above 0, as a text", at: "cost", hint: "write \"0.50\"")
        return nil
    }
}
