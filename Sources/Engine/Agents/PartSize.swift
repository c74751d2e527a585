public import Core

/// How much a part of a message comes to, for the budget: bytes of which three count as a token. It is the careful side;
/// what is refused or left out because of a request's length is reckoned by what is likely.
public enum PartSize: Sendable {
    /// Of a part in the form of the journal (`MessagePart.json`).
    /// - Parameter window: what the model takes in, in tokens; nil where nobody knows.
    public static func bytes(of part: JSON, window: Int? = nil) -> Int {
        if let file = part["file"] { return bytes(ofFile: file, window: window) }
        if let parts = part["tool_result"]?["parts"]?.arrayValue {
            return parts.reduce(frameBytes) { $0 + bytes(of: $1, window: window) }
        }
        return part.bytes.count
    }

    /// Pictures cost by their area, which is not looked at; other files by pages that nobody has counted, so that each byte
    /// may stand for as much as one of text, up to what the model takes in at all. So does a file of unknown size.
    private static func bytes(ofFile file: JSON, window: Int?) -> Int {
        guard file["media_type"]?.stringValue?.hasPrefix("image/") != true else {
            return Limits.pictureTokensReserved * Limits.bytesPerTokenReserved
        }
        let most = (window ?? Limits.contextWindowDefault) * Limits.bytesPerTokenReserved
        return min(file["size"]?.intValue.map { Int(clamping: $0) } ?? most, most)
    }

    /// What stands around the parts of a result: its call and its name.
    private static let frameBytes = 64
}
