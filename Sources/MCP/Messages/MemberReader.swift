internal import Core

/// Reads the members of an object that a server sent, with faults that name what is wrong.
struct MemberReader {
    private let members: JSONObject
    /// What the object is, such as "a tool".
    private let what: String

    init(_ members: JSONObject, _ what: String) {
        self.members = members
        self.what = what
    }

    /// - Throws: `Fault` when it is no object.
    init(_ json: JSON, _ what: String) throws {
        guard let members = json.objectValue else { throw Fault("\(what) is no object, but \(json.typeName)") }
        self.init(members, what)
    }

    func text(_ name: String) throws -> String { try required(name, "a string", optionalText(name)) }
    func object(_ name: String) throws -> JSONObject { try required(name, "an object", optionalObject(name)) }
    func array(_ name: String) throws -> [JSON] { try required(name, "an array", optionalArray(name)) }

    func optionalText(_ name: String) throws -> String? { try optional(name, "a string", \.stringValue) }
    func optionalObject(_ name: String) throws -> JSONObject? { try optional(name, "an object", \.objectValue) }
    func optionalArray(_ name: String) throws -> [JSON]? { try optional(name, "an array", \.arrayValue) }
    func optionalBool(_ name: String) throws -> Bool? { try optional(name, "a boolean", \.boolValue) }

    /// Text that can be base64 (RFC 4648).
    func base64(_ name: String) throws -> String {
        let text = try text(name)
        let content = text.utf8.prefix { $0 != UInt8(ascii: "=") }
        let isAlphabet = content.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "/"): true
            default: false
            }
        }
        let padding = text.utf8.count - content.count
        guard isAlphabet, text.utf8.count % 4 == 0, padding <= 2, text.utf8.suffix(padding).allSatisfy({ $0 == 0x3D })
        else { throw Fault("\"\(name)\" of \(what) is not base64") }
        return text
    }

    private func required<Value>(_ name: String, _ type: String, _ value: Value?) throws -> Value {
        guard let value else { throw Fault("\(what) has no \"\(name)\", which should be \(type)") }
        return value
    }

    private func optional<Value>(_ name: String, _ type: String, _ read: (JSON) -> Value?) throws -> Value? {
        guard let json = members[name], !json.isNull else { return nil }
        guard let value = read(json) else {
            throw Fault("\"\(name)\" of \(what) should be \(type), but is of the type \(json.typeName)")
        }
        return value
    }
}
