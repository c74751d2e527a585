internal import Core

extension AttachedFile {
    /// Whether it is text that a model can simply be given.
    public var isText: Bool { FileKind(self) == .text }
}

/// What kind of content a file has, by its media type: providers take each kind in another form.
enum FileKind: Sendable {
    case picture, document, sound, text, other

    init(_ file: AttachedFile) {
        let type = Self.base(file.mediaType)
        switch type {
        case "application/pdf": self = .document
        case "application/json", "application/xml", "application/yaml", "application/x-yaml", "application/toml",
            "application/javascript", "application/sql":
            self = .text
        case _
        where type.hasPrefix("text/") || type.hasSuffix("+json") || type.hasSuffix("+xml") && type != "image/svg+xml":
            self = .text
        case "image/svg+xml": self = .text
        case _ where type.hasPrefix("image/"): self = .picture
        case _ where type.hasPrefix("audio/") || type.hasPrefix("video/"): self = .sound
        default: self = .other
        }
    }

    /// The media type without parameters, in lower case, and with the one name that all know for JPEG.
    func mediaType(of file: AttachedFile) -> String {
        let type = Self.base(file.mediaType)
        return type == "image/jpg" ? "image/jpeg" : type
    }

    private static func base(_ mediaType: String) -> String {
        mediaType.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
    }
}
