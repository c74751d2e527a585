internal import Core

extension AttachedFile {
    /// How a file is handed to OpenAI's models.
    enum Form: Sendable {
        case image, text, sound(format: String), document
    }

    /// Text is handed over as text: as files OpenAI takes documents alone, and few other servers take any.
    var form: Form {
        let type = mediaType.prefix { $0 != ";" }.lowercased()
        switch type {
        case "image/svg+xml": return .text
        case "audio/wav", "audio/x-wav", "audio/wave": return .sound(format: "wav")
        case "audio/mpeg", "audio/mp3": return .sound(format: "mp3")
        case "application/json", "application/yaml", "application/xml", "message/rfc822": return .text
        default:
            if type.hasPrefix("image/") { return .image }
            return type.hasPrefix("text/") ? .text : .document
        }
    }

    /// `data:image/png;base64,…`
    var dataURL: String { "data:\(mediaType);base64,\(Base64.encode(bytes))" }

    /// Its text with its name around it, so that several can be told apart.
    var framedText: String {
        let quoted = JSON.string(name).text
        return "<file name=\(quoted)>\n\(String(decoding: bytes, as: UTF8.self))\n</file>"
    }
}
