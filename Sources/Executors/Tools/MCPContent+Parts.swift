internal import Core
internal import MCP
internal import Providers

/// What servers give, as a model is given it.
extension MCPContent {
    var part: MessagePart {
        switch self {
        case .text(let text): return .text(text)
        case .image(let data, let type):
            guard let bytes = Base64.decode(data) else { return .text("[a picture that cannot be read]") }
            return .file(AttachedFile(name: "picture", mediaType: type, hash: ContentHash(of: bytes), bytes: bytes))
        case .audio(_, let type): return .text("[a sound of the type \(type), which models are not given]")
        case .resource, .resourceLink: return .text(json.text)
        }
    }
}

extension MCPResourceContents {
    /// Text up to the bound on texts; pictures and documents that models can be shown; of all else what it is.
    var part: MessagePart {
        switch content {
        case .text(let text):
            return .text(ToolText.beginning(of: Array(text.utf8), maximum: Limits.toolResultBytesMaximum / 2))
        case .blob(let data):
            guard let bytes = Base64.decode(data) else { return .text("[bytes that cannot be read]") }
            guard let type = FileSignature.mediaType(of: bytes), bytes.count <= Limits.toolAttachmentBytesMaximum else {
                let type = mediaType.map { " of the type \($0.prefix(80))" } ?? ""
                return .text("[\(bytes.count) bytes\(type), which models are not given]")
            }
            return .file(AttachedFile(name: name, mediaType: type, hash: ContentHash(of: bytes), bytes: bytes))
        }
    }

    private var name: String { uri.split(separator: "/").last.map { String($0.prefix(80)) } ?? "resource" }
}

/// Entries of lists: as much of them as helps to choose.
extension MCPResource {
    var entry: JSON {
        var object: JSONObject = ["uri": .string(uri), "name": .string(name)]
        object["title"] = title.map(JSON.string)
        object["description"] = summary.map { .string($0.shortened) }
        object["type"] = mediaType.map(JSON.string)
        object["bytes"] = size.map(JSON.int)
        return .object(object)
    }
}

extension MCPResourceTemplate {
    var entry: JSON {
        var object: JSONObject = ["uri_template": .string(uriTemplate), "name": .string(name)]
        object["title"] = title.map(JSON.string)
        object["description"] = summary.map { .string($0.shortened) }
        object["type"] = mediaType.map(JSON.string)
        return .object(object)
    }
}

extension MCPPrompt {
    var entry: JSON {
        var object: JSONObject = ["name": .string(name)]
        object["title"] = title.map(JSON.string)
        object["description"] = summary.map { .string($0.shortened) }
        let arguments = arguments.map { argument -> JSON in
            var object: JSONObject = ["name": .string(argument.name), "required": .bool(argument.isRequired)]
            object["description"] = argument.summary.map { .string($0.shortened) }
            return .object(object)
        }
        if !arguments.isEmpty { object["arguments"] = .array(arguments) }
        return .object(object)
    }
}

extension String {
    fileprivate var shortened: String { count > 300 ? String(prefix(299)) + "…" : self }
}
