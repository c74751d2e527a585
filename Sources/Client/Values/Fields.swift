internal import Core

/// Reads the members of an object that the server sent. Members that nobody asks for are left alone, so that an older
/// client can talk to a newer server.
struct Fields {
    let json: JSON
    /// What it is: for messages.
    let what: String

    init(_ json: JSON, _ what: String) throws {
        guard json.objectValue != nil else {
            throw SignalboxError(.upstream, "The server sent \(json.typeName) where \(what) should be.")
        }
        self.json = json
        self.what = what
    }

    func string(_ name: String) throws -> String { try require(text(name), name) }

    func integer(_ name: String) throws -> Int64 { try require(json[name]?.intValue, name) }

    func count(_ name: String) throws -> Int { Int(clamping: try integer(name)) }

    func object(_ name: String) throws -> Fields { try Fields(try require(json[name], name), "\"\(name)\" of \(what)") }

    func array(_ name: String) throws -> [JSON] { try require(json[name]?.arrayValue, name) }

    func time(_ name: String) throws -> Timestamp { try require(moment(name), name) }

    /// Nil when it is missing or null.
    func text(_ name: String) -> String? { json[name]?.stringValue }

    /// Nil when it is missing or null.
    func moment(_ name: String) -> Timestamp? { text(name).flatMap(Timestamp.init(rfc3339:)) }

    /// The strings of an array; none when it is missing.
    func texts(_ name: String) -> [String] { json[name]?.arrayValue?.compactMap(\.stringValue) ?? [] }

    private func require<Value>(_ value: Value?, _ name: String) throws -> Value {
        guard let value else {
            throw SignalboxError(
                .upstream, "The server's answer lacks \"\(name)\" of \(what).",
                hint: "Are server and client of the same version?")
        }
        return value
    }
}

extension Timestamp {
    /// Reads the one form that the API writes: `2026-11-20T15:04:05.123Z`.
    init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 24, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] == 0x54, bytes[13] == 0x3A,
            bytes[16] == 0x3A, bytes[19] == 0x2E, bytes[23] == 0x5A
        else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            bytes[range].reduce(0) { sum, byte in
                guard let sum, (0x30...0x39).contains(byte) else { return nil }
                return sum * 10 + Int64(byte - 0x30)
            }
        }
        guard let year = number(0..<4), let month = number(5..<7), (1...12).contains(month), let day = number(8..<10),
            (1...31).contains(day), let hour = number(11..<13), hour < 24, let minute = number(14..<16), minute < 60,
            let second = number(17..<19), second < 60, let millisecond = number(20..<23)
        else { return nil }
        let days = CivilDate(year: Int(year), month: Int(month), day: Int(day)).daysSinceEpoch
        self.init(
            millisecondsSinceEpoch: ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1_000 + millisecond)
    }
}
