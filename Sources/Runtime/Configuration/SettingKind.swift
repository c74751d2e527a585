internal import Core
internal import Executors
internal import Providers

/// What the value of a setting can be, and how it is read and shown.
public enum SettingKind: Sendable, Hashable {
    case integer(ClosedRange<Int>)
    /// A whole number, or `none`.
    case limit(ClosedRange<Int>)
    /// A number of days, or `forever`.
    case days(ClosedRange<Int>)
    /// An amount in US dollars, or `none`.
    case cost
    case text
    /// `provider/model`, or `none`.
    case model
    /// The name of a person.
    case user
    case choice([String])
    /// Hosts and addresses of networks, or `none`.
    case networks

    /// The word for no value.
    static let none = "none"

    /// The value as it is kept, `null` for none; nil when it is no value of this setting.
    func value(_ json: JSON) -> JSON? {
        switch self {
        case .integer(let range): return number(json, in: range)
        case .limit(let range): return isNone(json) ? .null : number(json, in: range)
        case .days(let range): return json.stringValue == Settings.forever ? .null : number(json, in: range)
        case .cost:
            if isNone(json) { return .null }
            let text = json.stringValue ?? (json.typeName.contains("number") || json.intValue != nil ? json.text : "")
            return Money(dollars: text).map { .string($0.description) }
        case .text: return json.stringValue.flatMap { $0.isEmpty ? nil : .string($0) }
        case .model:
            if isNone(json) { return .null }
            return json.stringValue.flatMap { ModelName.isWellFormed($0) ? .string($0) : nil }
        case .user: return json.stringValue.flatMap { Settings.isUserName($0) ? .string($0) : nil }
        case .choice(let words): return json.stringValue.flatMap { words.contains($0) ? .string($0) : nil }
        case .networks:
            if isNone(json) { return .null }
            return json.stringValue.flatMap { Self.networks($0) == nil ? nil : .string($0) }
        }
    }

    /// The value that a variable or a command line says.
    func value(text: String) -> JSON? { value(Int64(text).map(JSON.int) ?? .string(text)) ?? value(.string(text)) }

    /// What it must be, for messages: "a whole number from 1 to 50".
    var rule: String {
        switch self {
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .limit(let range): "a whole number from \(range.lowerBound) to \(range.upperBound), or \(Self.none)"
        case .days(let range):
            "a number of days from \(range.lowerBound) to \(range.upperBound), or \(Settings.forever)"
        case .cost: "an amount in US dollars such as 2.50, or \(Self.none)"
        case .text: "a text"
        case .model: "a model as provider/model, or \(Self.none)"
        case .user: Settings.userNameRule
        case .choice(let words): Self.list(words)
        case .networks: "hosts, addresses and ranges such as wiki.example, 10.0.0.0/8, or \(Self.none)"
        }
    }

    /// The value for people.
    func text(of value: JSON) -> String {
        switch (self, value) {
        case (.days, .null): Settings.forever
        case (_, .null): Self.none
        case (.days, .int(let days)): "\(days) days"
        default: value.stringValue ?? value.text
        }
    }

    /// The value as `signalbox.yaml` says it.
    func yaml(of value: JSON) -> String {
        switch (self, value) {
        case (.days, .null): Settings.forever
        case (_, .null): Self.none
        // As a number, an amount this small would be read in a notation that no amount has.
        case (.cost, .string(let amount)): amount.hasPrefix("0.0000") ? "\"\(amount)\"" : amount
        case (_, .string(let text)) where !Self.isPlain(text): value.text
        default: value.stringValue ?? value.text
        }
    }

    /// What a list with commas names; nil when a part of it names nothing.
    static func networks(_ text: String) -> [NetworkPattern]? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
        do {
            return try parts.map(NetworkPattern.init(parsing:))
        } catch {
            // What it must be is said by whoever asks.
            return nil
        }
    }

    /// `auto, bubblewrap or none`
    private static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or \(last)"
    }

    /// Whether YAML reads the text as itself, without quotes.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, (0x41...0x5A).contains(first) || (0x61...0x7A).contains(first) else {
            return false
        }
        let words: Set = ["true", "false", "null", "yes", "no", "on", "y", "n"]
        return !words.contains(text.lowercased())
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "-_./".utf8.contains(byte)
            }
    }

    private func isNone(_ json: JSON) -> Bool { json.stringValue == Self.none }

    private func number(_ json: JSON, in range: ClosedRange<Int>) -> JSON? {
        guard let number = json.wholeValue.flatMap(Int.init(exactly:)), range.contains(number) else { return nil }
        return .int(Int64(number))
    }
}
