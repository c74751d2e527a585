internal import Core
internal import Runtime

extension ModelRequestView {
    /// What the page shows of a request to a model.
    /// - Parameter known: how many of its messages the model knew from the turn before.
    init(_ turn: TurnTrace, known: Int, of address: RunAddress) {
        let request = turn.request
        let path = address.turnInAPI(turn.number)
        self.init(
            system: request.system, messages: request.messages.map { ModelMessageView($0, path: path) }, known: known,
            tools: request.tools?.arrayValue?.map { ModelToolView($0) } ?? [],
            parameters: request.parameters?.objectValue ?? [:], trimmed: TurnView.trimmed(request.trimmed))
    }
}

extension ModelToolView {
    fileprivate init(_ json: JSON) {
        self.init(
            name: json["name"]?.stringValue ?? "", summary: json["description"]?.stringValue ?? "",
            schema: json["parameters"] ?? json)
    }
}

extension ModelMessageView {
    fileprivate init(_ json: JSON, path: String) {
        self.init(
            role: json["role"]?.stringValue ?? "", parts: json["parts"]?.arrayValue?.map { Part($0, path: path) } ?? [])
    }
}

extension ModelMessageView.Part {
    /// A part is an object with one member, whose name says what it is.
    fileprivate init(_ json: JSON, path: String) {
        let member = json.objectValue?.first
        switch (member?.name, member?.value) {
        case ("text"?, .string(let text)?): self = .text(text)
        case ("thinking"?, let value?): self = .thinking(value["text"]?.stringValue ?? value.text)
        case ("tool_call"?, let value?):
            self = .call(tool: value["name"]?.stringValue ?? "", arguments: value["arguments"] ?? .null)
        case ("tool_result"?, let value?):
            self = .result(
                tool: value["name"]?.stringValue ?? "", Self.payload(of: value["parts"] ?? .null, path: path),
                isError: value["error"]?.boolValue ?? false)
        case ("file"?, let value?): self = .file(value["name"]?.stringValue ?? value.text)
        default: self = .other(json)
        }
    }

    private static func payload(of parts: JSON, path: String) -> PayloadView {
        let texts = parts.arrayValue?.map { $0["text"]?.stringValue } ?? [nil]
        guard texts.allSatisfy({ $0 != nil }) else { return PayloadView(.json(parts), path: path) }
        return PayloadView(.text(texts.compactMap(\.self).joined(separator: "\n")), path: path)
    }
}
