internal import Core
public import HTTPServer

/// Bytes of unknown origin for somebody to keep: never shown as a page of ours, whatever is in them.
public enum Attachment: Sendable {
    /// - Parameters:
    ///   - name: what the file is called where it is kept.
    ///   - isImmutable: whether the address names these bytes for ever, as a hash does; a number of a task means
    ///     another task in another data directory.
    public static func response(_ bytes: [UInt8], name: String, isImmutable: Bool) -> Response {
        response(.bytes(bytes), name: name, isImmutable: isImmutable)
    }

    /// The same for bytes that are made while they are sent.
    static func response(_ body: Response.Body, name: String, isImmutable: Bool = false) -> Response {
        Response(
            headers: [
                "Content-Type": MediaType.ofFile(named: name),
                "Content-Disposition": disposition("attachment", name: name),
                "Content-Security-Policy": "sandbox; default-src 'none'",
                "Cache-Control": isImmutable ? "private, max-age=31536000, immutable" : "no-store",
            ], body: body)
    }

    /// How a file is offered, with its name as RFC 6266 wants it: in ASCII for those who read no more, and in full.
    static func disposition(_ kind: String, name: String) -> String {
        let plain = String(
            String.UnicodeScalarView(
                name.unicodeScalars.map { scalar in
                    (0x20...0x7E).contains(scalar.value) && !"\"\\%".unicodeScalars.contains(scalar) ? scalar : "_"
                }))
        return "\(kind); filename=\"\(plain)\"; filename*=UTF-8''\(percentEncoded(name))"
    }

    /// A part of an address, or a name as RFC 5987 wants it: everything but letters, digits and a few marks becomes `%XX`.
    public static func percentEncoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                encoded += hex.count == 1 ? "%0" + hex : "%" + hex
            }
        }
        return encoded
    }
}
