internal import Core
internal import Providers

/// How much a request comes to, for the budget: bytes of which three count as a token.
enum RequestSize {
    static func bytes(of request: ModelRequest, window: Int?) -> Int {
        let text = (request.system?.utf8.count ?? 0) + (request.schema?.bytes.count ?? 0)
        let tools = request.tools.reduce(0) { $0 + $1.json.bytes.count }
        let messages = request.messages.reduce(0) { sum, message in
            sum + message.parts.reduce(0) { $0 + bytes(of: $1, window: window) }
        }
        return text + tools + messages
    }

    private static func bytes(of part: MessagePart, window: Int?) -> Int {
        switch part {
        case .file(let file): bytes(of: file, window: window)
        case .toolResult(let result): result.parts.reduce(0) { $0 + bytes(of: $1, window: window) }
        default: part.json.bytes.count
        }
    }

    /// Pictures cost by their area, which is not looked at; other files by pages that nobody has counted, so that each byte
    /// may stand for as much as one of text, up to what the model takes in at all.
    private static func bytes(of file: AttachedFile, window: Int?) -> Int {
        guard !file.mediaType.hasPrefix("image/") else {
            return Limits.pictureTokensReserved * Limits.bytesPerTokenReserved
        }
        return min(file.bytes.count, (window ?? Limits.contextWindowDefault) * Limits.bytesPerTokenReserved)
    }
}
