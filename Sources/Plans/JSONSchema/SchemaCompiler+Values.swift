internal import Core

/// Keywords that look at one value as a whole.
extension SchemaCompiler {
    mutating func addValueRules(of schema: SchemaSource, to rules: inout [SchemaRule]) {
        if let value = schema["$schema"] { checkDialect(value, at: schema.location.appending("$schema")) }
        if let value = schema["type"], let types = types(value, at: schema.location.appending("type")) {
            rules.append(schema.rule("type", .types(types)))
            if assertsFormats, types.contains(.integer), !types.contains(.number) {
                rules.append(schema.rule("type", .heldIntegers))
            }
        }
        if let value = schema["const"] { rules.append(schema.rule("const", .constant(SchemaValue(value)))) }
        if let value = schema["enum"] {
            if case .array(let values) = value {
                rules.append(schema.rule("enum", .choices(SchemaChoices(values))))
            } else {
                index.report(
                    "\"enum\" is a list of values, not \(value.typePhrase)", at: schema.location.appending("enum"))
            }
        }
        for bound in SchemaBound.allCases {
            guard let value = schema[bound.rawValue] else { continue }
            switch value {
            case .int, .double: rules.append(schema.rule(bound.rawValue, .bound(bound, value)))
            default:
                let isOfOlderDraft = value.boolValue != nil && bound.rawValue.hasPrefix("exclusive")
                index.report(
                    "\"\(bound.rawValue)\" is a number, not \(value.typePhrase)",
                    at: schema.location.appending(bound.rawValue),
                    hint: isOfOlderDraft ? "write the bound itself here, in place of \"minimum\" or \"maximum\"" : nil)
            }
        }
        if let value = schema["multipleOf"] {
            if let divisor = Decimal(value), ExactNumber.isLess(0, value) {
                rules.append(schema.rule("multipleOf", .multiple(of: divisor, value)))
            } else {
                index.report(
                    "\"multipleOf\" is a number above 0, not \(value.shownInSentence)",
                    at: schema.location.appending("multipleOf"))
            }
        }
        if let pattern = text("pattern", of: schema),
            let expression = expression(pattern, at: schema.location.appending("pattern"))
        {
            rules.append(schema.rule("pattern", .pattern(expression, pattern)))
        }
        if let name = text("format", of: schema), assertsFormats, let format = SchemaFormat(rawValue: name) {
            rules.append(schema.rule("format", .format(format)))
        }
        for note in ["title", "description", "$comment", "contentEncoding", "contentMediaType"] {
            _ = text(note, of: schema)
        }
    }

    private mutating func types(_ value: JSON, at location: SchemaLocation) -> SchemaTypes? {
        let names: [JSON]
        switch value {
        case .string: names = [value]
        case .array(let elements) where !elements.isEmpty: names = elements
        default:
            index.report("\"type\" is a name or a list of names, not \(value.shownInSentence)", at: location)
            return nil
        }
        var types: SchemaTypes = []
        for name in names {
            guard let text = name.stringValue, let type = SchemaTypes(name: text) else {
                let word = name.stringValue ?? name.shownInSentence
                index.report(
                    "there is no type \(quoted(word))", at: location,
                    hint: Suggestion.hint(for: word, among: SchemaTypes.allNames, called: "the types are"))
                return nil
            }
            types.insert(type)
        }
        return types
    }

    /// Other drafts differ in what keywords mean, and a vocabulary of somebody's own is not known here.
    private mutating func checkDialect(_ value: JSON, at location: SchemaLocation) {
        guard let name = value.stringValue else {
            index.report("\"$schema\" is a string, not \(value.typePhrase)", at: location)
            return
        }
        guard URIReference(name).textWithoutFragment != "https://json-schema.org/draft/2020-12/schema" else { return }
        index.report(
            "the dialect \(quoted(name)) is not known", at: location,
            hint: "schemas here are of draft 2020-12: https://json-schema.org/draft/2020-12/schema")
    }

    /// The text that the keyword has; what is no text is reported.
    mutating func text(_ keyword: String, of schema: SchemaSource) -> String? {
        guard let value = schema[keyword] else { return nil }
        guard let text = value.stringValue else {
            index.report(
                "\"\(keyword)\" is a string, not \(value.typePhrase)", at: schema.location.appending(keyword))
            return nil
        }
        return text
    }

    /// The count that the keyword has; what is no whole number from 0 is reported.
    mutating func count(_ keyword: String, of schema: SchemaSource) -> Int? {
        guard let value = schema[keyword] else { return nil }
        switch value {
        case .int(let count) where count >= 0: return Int(count)
        // As for values, 2.0 is an integer.
        case .double(let count) where count >= 0 && count.rounded(.towardZero) == count:
            return Int(exactly: count) ?? .max
        default:
            index.report(
                "\"\(keyword)\" is a whole number from 0, not \(value.shownInSentence)",
                at: schema.location.appending(keyword))
            return nil
        }
    }

    /// The names that a keyword lists; anything else is reported.
    mutating func names(_ value: JSON, _ keyword: String, at location: SchemaLocation) -> [String]? {
        guard case .array(let elements) = value, !elements.contains(where: { $0.stringValue == nil }) else {
            let isOfOlderDraft = keyword == "required" && value.boolValue != nil
            index.report(
                "\"\(keyword)\" is a list of names, not \(value.shownInSentence)", at: location,
                hint: isOfOlderDraft ? "list the names beside \"properties\"" : nil)
            return nil
        }
        return elements.compactMap(\.stringValue)
    }
}
