internal import Core

/// Pictures and documents as Anthropic takes them.
/// (https://platform.claude.com/docs/en/build-with-claude/vision and …/pdf-support)
enum AnthropicFile: Sendable {
    /// - Throws: `SignalboxError` with code `invalid_input` when the provider cannot read such files.
    static func block(_ file: AttachedFile) throws -> JSONObject {
        let type = FileKind(file)
        switch type {
        case .picture where pictures.contains(type.mediaType(of: file)):
            return ["type": "image", "source": base64(file, type.mediaType(of: file))]
        case .document:
            return ["type": "document", "source": base64(file, "application/pdf"), "title": .string(file.name)]
        case .text:
            let text = String(decoding: file.bytes, as: UTF8.self)
            // An empty document is refused; its name is worth something all the same.
            guard !text.allSatisfy(\.isWhitespace) else {
                return ["type": "text", "text": .string("The file \(file.name) is empty.")]
            }
            return [
                "type": "document", "title": .string(file.name),
                "source": ["type": "text", "media_type": "text/plain", "data": .string(text)],
            ]
        case .picture, .sound, .other:
            throw SignalboxError(
                .invalidInput, "The file \(file.name) (\(file.mediaType)) cannot be shown to a model of Anthropic.",
                hint: "It reads pictures (JPEG, PNG, GIF, WebP), PDF and text.")
        }
    }

    private static let pictures: Set = ["image/jpeg", "image/png", "image/gif", "image/webp"]

    private static func base64(_ file: AttachedFile, _ mediaType: String) -> JSON {
        ["type": "base64", "media_type": .string(mediaType), "data": .string(Base64.encode(file.bytes))]
    }
}
