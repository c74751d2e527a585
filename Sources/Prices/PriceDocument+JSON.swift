public import Core

extension PriceDocument {
    /// The form of price documents.
    public var json: JSON { Self.json(name: name, models: models) }

    /// The text of a document with these prices.
    static func text(name: String, models: [ModelPrices]) -> [UInt8] { json(name: name, models: models).bytes }

    private static func json(name: String, models: [ModelPrices]) -> JSON {
        ["name": .string(name), "models": .object(JSONObject(models.map { ($0.name, $0.json) }))]
    }
}

extension ModelPrices {
    /// The form of price documents.
    public var json: JSON {
        var object = JSONObject()
        if !aliases.isEmpty { object["aliases"] = .array(aliases.map { .string($0) }) }
        object["context_window"] = contextWindow.map { .int($0) }
        object["max_output"] = outputMaximum.map { .int($0) }
        object["source"] = source.map { .string($0) }
        object["via"] = via.map { .string($0) }
        object["read"] = readOn.map { .string($0) }
        object["prices"] = .array(periods.map { .object($0.json) })
        return .object(object)
    }
}

extension PricePeriod {
    fileprivate var json: JSONObject {
        var object = JSONObject()
        object["from"] = from.map { .string(PriceMoment.write($0)) }
        object["until"] = until.map { .string(Self.lastDay(before: $0)) }
        for (name, value) in standard.json { object[name] = value }
        if !tiers.isEmpty {
            object["tiers"] = .object(
                JSONObject(tiers.sorted { $0.key < $1.key }.map { ($0.key, .object($0.value.json)) }))
        }
        object["peak"] = peak.map { .object($0.json) }
        if !factors.isEmpty {
            object["factors"] = .object(
                JSONObject(
                    factors.sorted { $0.key < $1.key }.map {
                        ($0.key, .string(DecimalText.write($0.value, timesTenToThe: -3)))
                    }))
        }
        if isSearchChargedPerCall { object["web_search_per"] = "call" }
        return object
    }

    /// A day that is named as the end belongs to the price.
    private static func lastDay(before moment: Timestamp) -> String {
        guard moment.millisecondsSinceEpoch % 86_400_000 == 0 else { return PriceMoment.write(moment) }
        return PriceMoment.write(
            Timestamp(millisecondsSinceEpoch: moment.millisecondsSinceEpoch - 86_400_000))
    }
}

extension PeakHours {
    fileprivate var json: JSONObject {
        var object: JSONObject = ["utc": .array(minutes.map { .string(Self.text($0)) })]
        if isOnWeekdaysOnly { object["days"] = "mon-fri" }
        if !exceptions.isEmpty {
            object["except"] = .array(
                exceptions.sorted().map {
                    .string(PriceMoment.write(Timestamp(millisecondsSinceEpoch: $0 * 86_400_000)))
                })
        }
        for (name, value) in schedule.json { object[name] = value }
        return object
    }
}

extension PriceSchedule {
    fileprivate var json: JSONObject {
        var object = base.json
        if !above.isEmpty {
            object["above"] = .array(
                above.map { long in
                    var part: JSONObject = ["tokens": .int(long.tokens)]
                    for (name, value) in long.rates.json { part[name] = value }
                    return .object(part)
                })
        }
        return object
    }
}
