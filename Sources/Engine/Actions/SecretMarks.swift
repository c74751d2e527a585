public import Core

/// Marks that stand for secrets in what a step is given, until an executor puts the values in their place.
///
/// A mark is `[secret NAME NONCE]`. The nonce is a hash over everything that the expressions of the step can refer to, so
/// whoever writes a mark into an input, an output or an answer had to know the hash of data that contains it. It is new
/// for each run. The journal keeps `[secret NAME]`; only what a person is asked to agree to holds the nonce, because
/// the answer must say where the secrets go.
public struct SecretMarks: Sendable, Hashable {
    /// The secrets the step may be given.
    public let names: [String]
    private let nonce: String

    /// Those of a step that uses no secrets.
    public static let none = SecretMarks(names: [], nonce: "")

    /// Digits of the nonce: 96 bits.
    private static let nonceCount = 24
    private static let opening = "[secret "

    private init(names: [String], nonce: String) {
        self.names = names
        self.nonce = nonce
    }

    /// - Parameter visible: everything that the expressions can refer to, and what run it is.
    init(_ names: [String], seeing visible: @autoclosure () -> JSON) {
        self.init(
            names: names,
            nonce: names.isEmpty ? "" : String(ContentHash(of: visible().bytes).rawValue.prefix(Self.nonceCount)))
    }

    public var isEmpty: Bool { names.isEmpty }

    /// What `secrets` is in the expressions: the marks by the names of the secrets.
    var json: JSON { .object(JSONObject(names.map { ($0, JSON.string(mark(of: $0))) })) }

    /// The marks of the call that a person has agreed to, which may be those of an earlier look at the step.
    func agreed(_ json: JSON?) -> SecretMarks {
        for name in names {
            guard let mark = json?[name]?.stringValue else { continue }
            let candidate = SecretMarks(names: names, nonce: String(mark.dropLast().suffix(Self.nonceCount)))
            if candidate.mark(of: name).hasSameBytes(as: mark), candidate.isNonce { return candidate }
        }
        return self
    }

    /// The value as the journal shows it.
    func shown(_ json: JSON) -> JSON { replacing(in: json) { "\(Self.opening)\($0)]" } }

    /// The text with the marks replaced.
    public func replacing(in text: String, by value: (String) -> String) -> String {
        guard !isEmpty else { return text }
        let bytes = Array(text.utf8)
        let marks = names.map { (name: $0, bytes: Array(mark(of: $0).utf8)) }
        var result: [UInt8] = []
        var copied = 0
        var place = 0
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "["),
                let mark = marks.first(where: { bytes[place...].starts(with: $0.bytes) })
            else {
                place += 1
                continue
            }
            result += bytes[copied..<place] + Array(value(mark.name).utf8)
            place += mark.bytes.count
            copied = place
        }
        return copied == 0 ? text : String(decoding: result + bytes[copied...], as: UTF8.self)
    }

    /// The value with the marks in its texts replaced.
    public func replacing(in json: JSON, by value: (String) -> String) -> JSON {
        switch json {
        case .string(let text): .string(replacing(in: text, by: value))
        case .array(let elements): .array(elements.map { replacing(in: $0, by: value) })
        case .object(let members):
            .object(JSONObject(members.map { ($0.name, replacing(in: $0.value, by: value)) }))
        default: json
        }
    }

    private func mark(of name: String) -> String { "\(Self.opening)\(name) \(nonce)]" }

    private var isNonce: Bool {
        nonce.utf8.count == Self.nonceCount
            && nonce.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
