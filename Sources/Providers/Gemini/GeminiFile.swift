internal import Core

/// Pictures, documents and sound as Gemini takes them.
enum GeminiFile: Sendable {
    /// - Throws: `SignalboxError` with code `invalid_input` when the provider cannot read such files.
    static func part(_ file: AttachedFile) throws -> JSON {
        let kind = FileKind(file)
        switch kind {
        case .picture, .document, .sound:
            return [
                "inlineData": [
                    "mimeType": .string(kind.mediaType(of: file)), "data": .string(Base64.encode(file.bytes)),
                ]
            ]
        case .text:
            return ["text": .string("File \(file.name):\n\n" + String(decoding: file.bytes, as: UTF8.self))]
        case .other:
            throw SignalboxError(
                .invalidInput, "The file \(file.name) (\(file.mediaType)) cannot be shown to Gemini.",
                hint: "It reads pictures, PDF, sound, film and text.")
        }
    }
}
