public import Core

/// Hides secrets in what is about to be kept or shown: values that are known, in the spellings in which they turn up, and
/// (by rules) what looks like a key, token or password. It takes time linear in the text.
///
/// A known value becomes `[secret NAME]`, what is found by rules `[redacted]`; `SECURITY.md` lists the rules.
public struct Redactor: Sendable {
    let known: KnownValues
    let rules: Rules

    /// What is hidden beside the known values.
    public enum Rules: Sendable {
        case none
        /// What cannot be anything but a secret: keys and tokens of services, web tokens, private keys.
        case tokens
        /// Also what only its name or its place says to be one: `password=…`, `Bearer …`, members of JSON objects. For
        /// records; a text that is handed on would sometimes be another one then.
        case all

        /// What to hide of something that begins at a place.
        func match(_ bytes: [UInt8], at place: Int) -> Match? {
            switch self {
            case .none: nil
            case .tokens: RedactionRules.token(bytes, at: place)
            case .all: RedactionRules.match(bytes, at: place)
            }
        }
    }

    /// What stands for something that was found by rules.
    public static let mark = "[redacted]"

    /// - Parameters:
    ///   - values: what must not be shown, by the names that stand for it; values of fewer than
    ///     `Limits.secretBytesMinimum` bytes are left out.
    ///   - rules: whether also what looks like a secret is hidden.
    public init(values: [(name: String, value: String)] = [], rules: Rules = .all) {
        known = KnownValues(values)
        self.rules = rules
    }

    private init(_ known: KnownValues, _ rules: Rules) {
        self.known = known
        self.rules = rules
    }

    /// One for texts that somebody works with: it hides what cannot be anything but a secret, and by no name.
    public var forWhatIsHandedOn: Redactor { rules == .all ? Redactor(known, .tokens) : self }

    /// The text without secrets; the same when there are none.
    public func redact(_ text: String) -> String {
        var bytes = Array(text.utf8)
        var isChanged = false
        if !known.isEmpty, let hidden = Self.replace(in: bytes, by: known.match) {
            bytes = hidden
            isChanged = true
        }
        if rules != .none, let hidden = Self.replace(in: bytes, by: rules.match) {
            bytes = hidden
            isChanged = true
        }
        return isChanged ? String(decoding: bytes, as: UTF8.self) : text
    }

    /// The value without secrets in its texts and names, and by rules without the values of names such as `password`.
    public func redact(_ json: JSON) -> JSON {
        switch json {
        case .null, .bool: return json
        case .int(let number): return known.hasNumber(String(number)).map(JSON.string) ?? json
        case .double(let number): return known.hasNumber(String(number)).map(JSON.string) ?? json
        case .string(let text): return .string(redact(text))
        case .array(let elements): return .array(elements.map(redact))
        case .object(let members):
            return .object(
                JSONObject(
                    members.map { member in
                        let name = known.isEmpty ? member.name : hidingKnown(in: member.name)
                        let value = redact(member.value)
                        guard rules == .all, let kind = SensitiveName(member.name) else { return (name, value) }
                        return (name, Self.hide(value, kind))
                    }))
        }
    }

    private func hidingKnown(in text: String) -> String {
        Self.replace(in: Array(text.utf8), by: known.match).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// The value of a name that says that it is a secret; objects are descriptions of one, such as schemas.
    private static func hide(_ value: JSON, _ kind: SensitiveName) -> JSON {
        switch value {
        case .string(let text) where kind.covers(text): .string(mark)
        case .int where kind == .strong: .string(mark)
        case .array(let elements): .array(elements.map { hide($0, kind) })
        default: value
        }
    }

    /// A stretch of a text and what is to stand there.
    struct Match {
        var range: Range<Int>
        var replacement: [UInt8]
    }

    /// The bytes with all matches replaced; nil when there is none.
    private static func replace(in bytes: [UInt8], by match: ([UInt8], Int) -> Match?) -> [UInt8]? {
        var result: [UInt8] = []
        var copied = 0
        var place = 0
        while place < bytes.count {
            guard let match = match(bytes, place) else {
                place += 1
                continue
            }
            result += bytes[copied..<match.range.lowerBound]
            result += match.replacement
            copied = match.range.upperBound
            place = max(copied, place + 1)
        }
        guard copied > 0 else { return nil }
        return result + bytes[copied...]
    }
}
