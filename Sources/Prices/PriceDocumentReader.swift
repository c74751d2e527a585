internal import Core

/// Reads price documents and collects what is wrong with them.
struct PriceDocumentReader {
    private(set) var findings: [Diagnostic] = []

    private static let documentNames = ["name", "models"]
    private static let modelNames = [
        "aliases", "context_window", "max_output", "source", "via", "read", "prices",
    ]
    private static let periodNames = ["from", "until", "above", "tiers", "factors", "peak", "web_search_per"]
    private static let kindNames = PriceKind.allCases.map(\.rawValue)

    mutating func document(_ json: JSON) -> (name: String, models: [ModelPrices]) {
        guard case .object(let members) = json else {
            note("A price list is an object with `name` and `models`", at: "")
            return ("", [])
        }
        refuseOthers(in: members, than: Self.documentNames, at: "")
        let name = text(members["name"], at: "/name") ?? ""
        if name.isEmpty || name.utf8.count > Limits.priceListNameBytesMaximum {
            note("A price list has a name of 1 to \(Limits.priceListNameBytesMaximum) bytes", at: "/name")
        }
        guard case .object(let listed)? = members["models"] else {
            note("`models` is an object from `provider/model` to prices", at: "/models")
            return (name, [])
        }
        guard listed.count <= Limits.pricedModelsMaximum else {
            note("There are more than \(Limits.pricedModelsMaximum) models", at: "/models")
            return (name, [])
        }
        return (name, listed.map { model($0.name, $0.value) })
    }

    /// Whether a price list may hold these prices: what is written of them is read as the same.
    static func takes(_ prices: ModelPrices) -> Bool {
        var reader = PriceDocumentReader()
        return reader.model(prices.name, prices.json) == prices && reader.findings.isEmpty
    }

    private mutating func model(_ name: String, _ json: JSON) -> ModelPrices {
        let place = "/models/" + name.replacing("~", with: "~0").replacing("/", with: "~1")
        var model = ModelPrices(name: name)
        checkName(name, at: place)
        guard case .object(let members) = json else {
            note("The prices of a model are an object", at: place)
            return model
        }
        let isFlat = members["prices"] == nil
        refuseOthers(
            in: members, than: Self.modelNames + (isFlat ? Self.periodNames + Self.kindNames : []), at: place)
        model.source = text(members["source"], at: place + "/source")
        model.via = text(members["via"], at: place + "/via")
        model.readOn = text(members["read"], at: place + "/read")
        model.contextWindow = count(members["context_window"], at: place + "/context_window")
        model.outputMaximum = count(members["max_output"], at: place + "/max_output")
        for (number, alias) in list(members["aliases"], at: place + "/aliases").enumerated() {
            guard let alias = text(alias, at: "\(place)/aliases/\(number)") else { continue }
            checkName(alias, at: "\(place)/aliases/\(number)")
            model.aliases.append(alias)
        }
        if isFlat {
            model.periods = [period(members, at: place, isFlat: true)]
        } else {
            for (number, part) in list(members["prices"], at: place + "/prices").enumerated() {
                guard case .object(let members) = part else {
                    note("Prices are an object", at: "\(place)/prices/\(number)")
                    continue
                }
                model.periods.append(period(members, at: "\(place)/prices/\(number)", isFlat: false))
            }
        }
        model.periods.sort { ($0.from?.millisecondsSinceEpoch ?? .min) < ($1.from?.millisecondsSinceEpoch ?? .min) }
        for (earlier, later) in zip(model.periods, model.periods.dropFirst()) {
            guard let end = earlier.until, let start = later.from, end <= start else {
                note("Two prices of the same model hold at the same time", at: place)
                break
            }
        }
        return model
    }

    private mutating func checkName(_ name: String, at place: String) {
        let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), name.utf8.count <= Limits.modelNameBytesMaximum,
            !name.dropLast().contains("*"), name.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F })
        else {
            note(
                "A model is named provider/model, in at most \(Limits.modelNameBytesMaximum) bytes without spaces; "
                    + "a * may stand at its end", at: place)
            return
        }
    }

    private mutating func period(_ members: JSONObject, at place: String, isFlat: Bool) -> PricePeriod {
        if !isFlat { refuseOthers(in: members, than: Self.periodNames + Self.kindNames, at: place) }
        var period = PricePeriod(standard: schedule(members, at: place))
        period.from = moment(members["from"], at: place + "/from")?.moment
        if let until = moment(members["until"], at: place + "/until") {
            // The day named is the last one of the price.
            let end = until.moment.millisecondsSinceEpoch + (until.isDay ? 86_400_000 : 0)
            period.until = Timestamp(millisecondsSinceEpoch: end)
        }
        if let from = period.from, let until = period.until, until <= from {
            note("The price ends before it begins", at: place + "/until")
        }
        for (name, value) in object(members["tiers"], at: place + "/tiers") {
            guard case .object(let members) = value else {
                note("The prices of a tier are an object", at: "\(place)/tiers/\(name)")
                continue
            }
            refuseOthers(in: members, than: ["above"] + Self.kindNames, at: "\(place)/tiers/\(name)")
            period.tiers[name.lowercased()] = schedule(members, at: "\(place)/tiers/\(name)")
        }
        for (name, value) in object(members["factors"], at: place + "/factors") {
            guard let text = value.decimal, let factor = DecimalText(text)?.integer(timesTenToThe: 3),
                (1...1_000_000).contains(factor)
            else {
                note("A factor is a decimal from 0.001 to 1000", at: "\(place)/factors/\(name)")
                continue
            }
            period.factors[name.lowercased()] = factor
        }
        period.peak = peak(members["peak"], at: place + "/peak")
        switch text(members["web_search_per"], at: place + "/web_search_per") {
        case "call"?: period.isSearchChargedPerCall = true
        case "search"?, nil: break
        case _?: note("`web_search_per` is `search` or `call`", at: place + "/web_search_per")
        }
        return period
    }

    private mutating func peak(_ json: JSON?, at place: String) -> PeakHours? {
        guard let json, !json.isNull else { return nil }
        guard case .object(let members) = json else {
            note("The prices of some hours are an object", at: place)
            return nil
        }
        refuseOthers(in: members, than: ["utc", "days", "except", "above"] + Self.kindNames, at: place)
        let ranges = list(members["utc"], at: place + "/utc").map { $0.stringValue.flatMap(PeakHours.range) }
        if ranges.isEmpty || ranges.contains(nil) {
            note("`utc` lists hours such as \"01:00-04:00\"", at: place + "/utc")
        }
        let days = text(members["days"], at: place + "/days")
        if let days, !["mon-fri", "all"].contains(days) { note("`days` is `mon-fri` or `all`", at: place + "/days") }
        let exceptions = list(members["except"], at: place + "/except").compactMap { day in
            moment(day, at: place + "/except")?.moment.millisecondsSinceEpoch
        }
        return PeakHours(
            minutes: ranges.compactMap { $0 }, isOnWeekdaysOnly: days == "mon-fri",
            exceptions: Set(exceptions.map { $0 / 86_400_000 }), schedule: schedule(members, at: place))
    }

    private mutating func schedule(_ members: JSONObject, at place: String) -> PriceSchedule {
        var schedule = PriceSchedule(base: rates(members, at: place))
        let parts = list(members["above"], at: place + "/above")
        guard parts.count <= Limits.priceBoundsMaximum else {
            note("There are more than \(Limits.priceBoundsMaximum) lengths of prompts", at: place + "/above")
            return schedule
        }
        for (number, part) in parts.enumerated() {
            let place = "\(place)/above/\(number)"
            guard case .object(let members) = part, let tokens = count(members["tokens"], at: place + "/tokens") else {
                note("Prices of long prompts say from how many `tokens` on they hold", at: place)
                continue
            }
            refuseOthers(in: members, than: ["tokens"] + Self.kindNames, at: place)
            schedule.above.append(PriceSchedule.LongPrompt(tokens: tokens, rates: rates(members, at: place)))
        }
        schedule.above.sort { $0.tokens < $1.tokens }
        return schedule
    }

    private mutating func rates(_ members: JSONObject, at place: String) -> PriceRates {
        var rates = PriceRates()
        for kind in PriceKind.allCases {
            guard let value = members[kind.rawValue], !value.isNull else { continue }
            guard let text = value.decimal, let rate = kind.read(text) else {
                note(
                    "A price is a decimal of dollars that is not negative and exact to a billionth, such as \"0.0375\"",
                    at: "\(place)/\(kind.rawValue)")
                continue
            }
            rates[kind] = rate
        }
        return rates
    }
}

// MARK: Plain values
extension PriceDocumentReader {
    private mutating func note(_ message: String, at place: String, hint: String? = nil) {
        guard findings.count < Limits.planDiagnosticsMaximum else { return }
        findings.append(Diagnostic(message, at: .pointer(place), hint: hint))
    }

    private mutating func refuseOthers(in members: JSONObject, than known: [String], at place: String) {
        for name in members.names where !known.contains(name) {
            note(
                "\"\(name)\" is not known here", at: "\(place)/\(name)",
                hint: Suggestion.hint(for: name, among: known, called: "known"))
        }
    }

    private mutating func text(_ json: JSON?, at place: String) -> String? {
        guard let json, !json.isNull else { return nil }
        guard let text = json.stringValue else {
            note("This should be a text", at: place)
            return nil
        }
        return text
    }

    private mutating func count(_ json: JSON?, at place: String) -> Int64? {
        guard let json, !json.isNull else { return nil }
        guard let value = json.intValue, (0...Limits.tokensPerCallMaximum).contains(value) else {
            note("This should be a number of tokens", at: place)
            return nil
        }
        return value
    }

    private mutating func list(_ json: JSON?, at place: String) -> [JSON] {
        guard let json, !json.isNull else { return [] }
        guard case .array(let elements) = json, elements.count <= Limits.pricePartsMaximum else {
            note("This should be a list of at most \(Limits.pricePartsMaximum)", at: place)
            return []
        }
        return elements
    }

    private mutating func object(_ json: JSON?, at place: String) -> JSONObject {
        guard let json, !json.isNull else { return [:] }
        guard case .object(let members) = json, members.count <= Limits.pricePartsMaximum else {
            note("This should be an object of at most \(Limits.pricePartsMaximum) members", at: place)
            return [:]
        }
        return members
    }

    private mutating func moment(_ json: JSON?, at place: String) -> (moment: Timestamp, isDay: Bool)? {
        guard let text = text(json, at: place) else { return nil }
        guard let moment = PriceMoment.read(text) else {
            note("This should be a day such as 2026-12-01, or a time such as 2026-12-01T16:00Z", at: place)
            return nil
        }
        return moment
    }
}
