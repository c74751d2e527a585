internal import Core
internal import Plans

/// A request that somebody has written as JSON, while the form is shown in another mode: the fields are filled from it, and
/// what they say goes back into it. What has no field there stays in the text as it was written.
struct CarriedText {
    let text: String
    /// Nil while it cannot be read.
    let members: JSONObject?

    /// Nil where nothing was written.
    init?(_ form: SubmittedForm) {
        guard let text = form[FieldName.json], !text.allSatisfy(\.isWhitespace) else { return nil }
        self.text = text
        do {
            members = try JSON(parsing: text).objectValue
        } catch {
            // Half a text is kept as it is; what is wrong with it is said where it is written.
            members = nil
        }
    }

    /// The saved plan that it names.
    var plan: String? { members?["plan"]?.stringValue }

    /// What the fields show of it that every mode has, and those of instructions: by their name, empty for what it leaves
    /// out. A field that cannot show it is missing.
    var fields: [String: String] {
        guard let members else { return [:] }
        var fields: [String: String] = [:]
        for (name, path) in Self.places {
            let value = path.reduce(JSON?.some(.object(members))) { $0?[$1] }
            switch value {
            case nil: fields[name] = ""
            case .array(let list)? where name == FieldName.tags:
                let words = list.compactMap(\.stringValue)
                if words.count == list.count { fields[name] = words.joined(separator: ", ") }
            case let value?:
                guard value.arrayValue == nil, value.objectValue == nil else { continue }
                fields[name] = value.stringValue?.plainBreaks ?? value.text
            }
        }
        return fields
    }

    /// The members of which no field of a mode shows anything.
    func unshown(in mode: ComposerMode) -> [String] {
        let fields = fields
        return (members?.map(\.name) ?? []).filter { name in
            switch name {
            case "limits": false
            case "plan": mode != .plan || plan == nil
            case "inputs": mode != .plan
            case "prompt", "agent": mode != .instructions || fields["/" + name] == nil
            default: fields["/" + name] == nil
            }
        }
    }

    /// The text with what the fields say now; what they show as it was stays as it was written.
    /// - Parameters:
    ///   - body: what the API would take of the form.
    ///   - definition: the plan whose inputs the form has.
    func text(with body: JSONObject, of form: SubmittedForm, mode: ComposerMode, definition: Plan?) -> String {
        guard let members else { return text }
        var changed = members
        let fields = fields
        for (name, path) in Self.places {
            guard let shown = fields[name] else { continue }
            // A text that is shown as the number it should be is taken as that.
            let isText = path.count == 2 && members[path[0]]?[path[1]]?.stringValue != nil
            let isReadNow = isText && body[path[0]]?[path[1]].map { $0.stringValue == nil } ?? false
            guard isReadNow || shown != form[name] ?? "" else { continue }
            if path.count == 2 {
                var inner = changed[path[0]]?.objectValue ?? JSONObject()
                inner[path[1]] = body[path[0]]?[path[1]]
                changed[path[0]] = inner.isEmpty ? nil : .object(inner)
            } else if mode == .instructions || !Self.ofInstructions.contains(name) {
                let value = body[path[0]]
                changed[path[0]] = value == "" ? nil : value
            }
        }
        if let definition { takeInputs(of: definition, body, form, into: &changed) }
        return changed == members ? text : JSON.object(changed).prettyText
    }

    private func takeInputs(
        of definition: Plan, _ body: JSONObject, _ form: SubmittedForm, into changed: inout JSONObject
    ) {
        guard plan == definition.name else {
            (changed["plan"], changed["inputs"]) = (.string(definition.name), body["inputs"])
            return
        }
        var inputs = changed["inputs"]?.objectValue ?? JSONObject()
        for input in definition.inputs {
            let field = FormFieldView(input, value: inputs[input.name])
            let isBox = field.control == .checkbox
            let shown = isBox && field.initial != "true" ? "" : field.initial.plainBreaks
            let value = body["inputs"]?[input.name]
            // A text that is shown as what is asked for is taken as that.
            let isText = !isBox && inputs[input.name]?.stringValue != nil && value != nil && value?.stringValue == nil
            guard isText || shown != form[field.name] ?? "" else { continue }
            inputs[input.name] = value
        }
        changed["inputs"] = inputs.isEmpty ? nil : .object(inputs)
    }

    private static let ofInstructions = [FieldName.prompt, FieldName.agent]
    private static let places: [(name: String, path: [String])] =
        [FieldName.prompt, FieldName.agent, FieldName.name, FieldName.tags, FieldName.model].map {
            ($0, [String($0.dropFirst())])
        } + LimitField.allCases.map { (FieldName.limit($0.rawValue), ["limits", $0.rawValue]) }
}
