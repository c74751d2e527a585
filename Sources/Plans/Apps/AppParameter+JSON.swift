public import Core

extension AppParameter {
    /// The form of the API and of the store.
    public var json: JSON {
        var object: JSONObject = [
            "name": .string(name), "type": .string(kind.rawValue), "required": .bool(isRequired),
        ]
        object["description"] = summary.map(JSON.string)
        object["default"] = defaultValue
        if !choices.isEmpty { object["choices"] = .array(choices) }
        object["input"] = input.map(JSON.string)
        return .object(object)
    }

    /// Reads `json` back.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    public init(_ json: JSON) throws {
        guard let name = json["name"]?.stringValue, let kind = json["type"]?.stringValue.flatMap(Kind.init),
            let isRequired = json["required"]?.boolValue
        else { throw SignalboxError(.invalidInput, "This is no parameter of an app: \(json.text.prefix(200))") }
        self.init(
            name: name, kind: kind, summary: json["description"]?.stringValue, isRequired: isRequired,
            defaultValue: json["default"], choices: json["choices"]?.arrayValue ?? [],
            input: json["input"]?.stringValue)
    }
}
