internal import Core
internal import Plans
internal import Secrets

/// Reads settings and collects every mistake.
struct SettingsReader {
    /// Where paths of files begin.
    let directory: String
    private var diagnostics: [Diagnostic] = []

    init(directory: String) {
        self.directory = directory
    }

    /// Records a mistake.
    mutating func report(_ message: String, at place: Place, hint: String? = nil) {
        diagnostics.append(Diagnostic(message, at: place, hint: hint))
    }

    /// The entries of a mapping whose names are known; others are mistakes.
    mutating func entries(of value: PositionedValue, _ what: String, known: [String]?) -> [PositionedValue.Entry] {
        guard let entries = value.entries else {
            report("\(what) must be a mapping, not \(value.json.typeName)", at: value.place)
            return []
        }
        guard let known else { return entries }
        for entry in entries where !known.contains(entry.name) {
            report(
                "there is no key \"\(entry.name)\" in \(what)", at: entry.place,
                hint: Suggestion.hint(for: entry.name, among: known, called: "the keys are"))
        }
        return entries.filter { known.contains($0.name) }
    }

    /// The value of a setting.
    mutating func value(_ entry: PositionedValue.Entry, of setting: SettingDefinition) -> JSON? {
        setting.kind.value(entry.value.json) ?? wrong(entry, setting.rule)
    }

    mutating func string(_ entry: PositionedValue.Entry) -> String? {
        guard let text = entry.value.json.stringValue, !text.isEmpty else { return wrong(entry, "a text") }
        return text
    }

    mutating func integer(_ entry: PositionedValue.Entry, in range: ClosedRange<Int>) -> Int? {
        guard let number = entry.value.json.intValue, let number = Int(exactly: number), range.contains(number) else {
            return wrong(entry, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Reads `retention:`.
    mutating func retention(_ entry: PositionedValue.Entry) -> (days: JSON?, byPlan: [String: Int?]) {
        var days: JSON?
        var byPlan: [String: Int?] = [:]
        let kind = SettingKind.days(Settings.retentionDaysRange)
        for field in entries(of: entry.value, "\"retention\"", known: ["days", "plans"]) {
            if field.name == "days" {
                days = kind.value(field.value.json) ?? wrong(field, kind.rule)
                continue
            }
            for plan in entries(of: field.value, "\"plans\"", known: nil) {
                let value: JSON? = kind.value(plan.value.json) ?? wrong(plan, kind.rule)
                byPlan[plan.name] = .some(value?.intValue.flatMap(Int.init(exactly:)))
            }
        }
        return (days, byPlan)
    }

    /// Reports that a value is not what it has to be.
    mutating func wrong<Value>(_ entry: PositionedValue.Entry, _ expected: String) -> Value? {
        report("\"\(entry.name)\" must be \(expected)", at: entry.value.place)
        return nil
    }

    /// Ends the reading.
    /// - Throws: `SignalboxError` with code `invalid_configuration` when there were mistakes.
    func finish(path: String) throws {
        guard !diagnostics.isEmpty else { return }
        let count = diagnostics.count == 1 ? "a mistake" : "\(diagnostics.count) mistakes"
        throw SignalboxError(.configuration, "\(path) has \(count)", diagnostics: diagnostics)
    }
}
