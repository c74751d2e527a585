/// Names of tools as Gemini takes them: letters, digits, `_`, `-`, `.` and `:`, with a letter or `_` in front, at most 64.
enum GeminiToolName: Sendable {
    private static let lengthMaximum = 64

    /// The name that stands for a tool.
    static func sent(_ name: String) -> String {
        var bytes = name.utf8.map { byte -> UInt8 in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: ":"):
                byte
            default: UInt8(ascii: "_")
            }
        }
        let isBeginning = { (byte: UInt8) in (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_") }
        if !(bytes.first.map(isBeginning) ?? false) { bytes.insert(UInt8(ascii: "_"), at: 0) }
        return String(decoding: bytes.prefix(lengthMaximum), as: UTF8.self)
    }

    /// The tool that is meant by a name; the name itself when it is none of them.
    static func received(_ name: String, among tools: [ToolDeclaration]) -> String {
        tools.contains { $0.name == name } ? name : tools.first { sent($0.name) == name }?.name ?? name
    }
}
