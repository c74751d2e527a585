public import Core

extension Message {
    /// The form of the journal; the bytes of files are left out.
    public var json: JSON { ["role": .string(role.rawValue), "parts": .array(parts.map(\.json))] }

    /// Reads `json` back; nil for anything else.
    public init?(_ json: JSON) {
        guard let role = json["role"]?.stringValue.flatMap(Role.init(rawValue:)),
            let parts = [MessagePart](json: json["parts"])
        else { return nil }
        self.init(role, parts)
    }
}

extension [MessagePart] {
    /// Reads what `MessagePart.json` wrote; nil when something in it is unknown.
    public init?(json: JSON?) {
        guard let elements = json?.arrayValue else { return nil }
        let parts = elements.compactMap(MessagePart.init)
        guard parts.count == elements.count else { return nil }
        self = parts
    }
}

extension MessagePart {
    /// The form of the journal: an object with one member that names the kind.
    public var json: JSON {
        switch self {
        case .text(let text): ["text": .string(text)]
        case .file(let file): ["file": file.json]
        case .thinking(let thinking): ["thinking": Self.object(["text": .string(thinking.text)], thinking.state)]
        case .toolCall(let call):
            [
                "tool_call": Self.object(
                    [
                        "id": .string(call.id), "name": .string(call.name), "arguments": .object(call.arguments),
                        "malformed": call.malformed.map(JSON.string) ?? .null,
                    ], call.state)
            ]
        case .toolResult(let result):
            [
                "tool_result": Self.object(
                    [
                        "call": .string(result.callID), "name": .string(result.name),
                        "parts": .array(result.parts.map(\.json)), "error": result.isError ? true : .null,
                    ], nil)
            ]
        case .webSearch(let search):
            [
                "web_search": Self.object(
                    [
                        "query": .string(search.query),
                        "results": .array(
                            search.results.map { ["url": .string($0.url), "title": .string($0.title)] }),
                    ], search.state)
            ]
        }
    }

    /// An object without the members that are null.
    private static func object(_ members: JSONObject, _ state: JSON?) -> JSON {
        var object = JSONObject(members.filter { !$0.value.isNull }.map { ($0.name, $0.value) })
        object["state"] = state
        return .object(object)
    }

    /// Reads `json` back; nil for anything else.
    public init?(_ json: JSON) {
        guard let member = json.objectValue?.first else { return nil }
        let value = member.value
        switch member.name {
        case "text":
            guard let text = value.stringValue else { return nil }
            self = .text(text)
        case "file":
            guard let name = value["name"]?.stringValue, let type = value["media_type"]?.stringValue,
                let hash = value["hash"]?.stringValue.flatMap(ContentHash.init(rawValue:))
            else { return nil }
            self = .file(AttachedFile(name: name, mediaType: type, hash: hash))
        case "thinking": self = .thinking(Thinking(text: value["text"]?.stringValue ?? "", state: value["state"]))
        case "tool_call":
            guard let id = value["id"]?.stringValue, let name = value["name"]?.stringValue else { return nil }
            self = .toolCall(
                ToolCall(
                    id: id, name: name, arguments: value["arguments"]?.objectValue ?? [:],
                    malformed: value["malformed"]?.stringValue, state: value["state"]))
        case "tool_result":
            guard let call = value["call"]?.stringValue, let parts = [MessagePart](json: value["parts"]) else {
                return nil
            }
            self = .toolResult(
                ToolResult(
                    callID: call, name: value["name"]?.stringValue ?? "", parts: parts,
                    isError: value["error"]?.boolValue ?? false))
        case "web_search":
            let results = value["results"]?.arrayValue ?? []
            self = .webSearch(
                WebSearch(
                    query: value["query"]?.stringValue ?? "",
                    results: results.map {
                        WebSearch.Source(url: $0["url"]?.stringValue ?? "", title: $0["title"]?.stringValue ?? "")
                    }, state: value["state"]))
        default: return nil
        }
    }
}

extension AttachedFile {
    /// How large it is stands in it where that is known.
    fileprivate var json: JSON {
        var object: JSONObject = [
            "name": .string(name), "media_type": .string(mediaType), "hash": .string(hash.rawValue),
        ]
        if !bytes.isEmpty { object["size"] = .int(Int64(bytes.count)) }
        return .object(object)
    }
}
