/// The brackets of the marks that `MarkedData` puts around what others wrote. No rule reaches over one: what hides a
/// secret must not take away where data ends, nor what the author of a prompt says behind it.
enum MarkBracket: Sendable {
    /// Whether `⟦` or `⟧` stands at that place.
    static func isAt(_ place: Int, of bytes: [UInt8]) -> Bool {
        bytes[place] == 0xE2 && place + 2 < bytes.count && bytes[place + 1] == 0x9F
            && (bytes[place + 2] == 0xA6 || bytes[place + 2] == 0xA7)
    }

    /// Whether one stands anywhere from that place on.
    static func isBehind(_ place: Int, in bytes: [UInt8]) -> Bool {
        bytes.indices[place...].contains { isAt($0, of: bytes) }
    }
}
