internal import Core
internal import RegularExpressions

/// Rules about one value as a whole.
extension SchemaValidator {
    mutating func followsValueRule(_ value: JSON, _ rule: SchemaRule) throws(Stop) -> Bool {
        switch rule.check {
        case .types(let types):
            return types.includes(value) || failType(value, types, rule)
        case .heldIntegers:
            guard let excess = value.integerExcess else { return true }
            return fail(rule) { "\($0) must be an integer, not \(value.text), which is \(excess)" }
        case .constant(let constant):
            try charge(constant.json.weight)
            guard SchemaValue(value) != constant else { return true }
            return fail(rule) {
                "\($0) must be \(constant.json.shownInSentence), not \(value.shownInSentence)"
            }
        case .choices(let choices):
            if choices.mayContain(value) {
                try charge(value.weight)
                if choices.contains(value) { return true }
            }
            return failChoice(value, choices, rule)
        case .bound(let bound, let limit):
            guard bound.excludes(value, limit) else { return true }
            return fail(rule) { "\($0) must be \(bound.words) \(limit.text), not \(value.text)" }
        case .multiple(let divisor, let limit):
            guard let number = Decimal(value), !number.isMultiple(of: divisor) else { return true }
            return fail(rule) { "\($0) must be a multiple of \(limit.text), not \(value.text)" }
        case .atLeast(let what, let least):
            guard let count = try count(what, of: value, enough: least), count < least else { return true }
            let total = try self.count(what, of: value) ?? count
            return fail(rule) {
                least == 1 ? "\($0) must not be empty" : "\($0) must have at least \(what.words(least)), not \(total)"
            }
        case .atMost(let what, let most):
            guard let count = try count(what, of: value), count > most else { return true }
            return fail(rule) { "\($0) must have at most \(what.words(most)), not \(count)" }
        case .pattern(let expression, let pattern):
            guard case .string(let text) = value else { return true }
            try charge(text.utf8.count / 64 + expression.matchingCost(bytes: text.utf8.count))
            guard !expression.matches(text) else { return true }
            return fail(rule) {
                "\($0) must match the pattern \(shortened(pattern)), not \(value.shownInSentence)"
            }
        case .format(let format):
            guard case .string(let text) = value else { return true }
            try charge(text.utf8.count / 64)
            guard !format.includes(text) else { return true }
            return fail(rule, hint: { format.example.map { "such as \($0)" } }) {
                "\($0) must be \(format.phrase), not \(value.shownInSentence)"
            }
        case .uniqueElements:
            guard case .array(let elements) = value else { return true }
            return try areUnique(elements, rule)
        default: return true
        }
    }

    private mutating func failType(_ value: JSON, _ types: SchemaTypes, _ rule: SchemaRule) -> Bool {
        let hint = { () -> String? in
            guard case .string(let text) = value, text.utf8.count < 40,
                let scalar = JSON(scalarText: text), types.includes(scalar)
            else { return nil }
            return "write \(text) without quotes"
        }
        return fail(rule, hint: hint) { subject in
            guard case .double = value, types.contains(.integer) else {
                return "\(subject) must be \(types.phrase), not \(value.typePhrase)"
            }
            return "\(subject) must be \(types.phrase), not \(value.text)"
        }
    }

    private mutating func failChoice(_ value: JSON, _ choices: SchemaChoices, _ rule: SchemaRule) -> Bool {
        let hint = { () -> String? in
            guard case .string(let text) = value else { return nil }
            return SchemaHint.nearest(to: text, among: choices.values.lazy.compactMap(\.stringValue))
        }
        return fail(rule, hint: hint) { subject in
            guard !choices.values.isEmpty else { return "\(subject) has a list of values to choose from that is empty" }
            return "\(subject) must be \(Self.listed(choices.values)), not \(value.shownInSentence)"
        }
    }

    /// Values to choose from, in a sentence.
    static func listed(_ values: [JSON]) -> String {
        let shown = values.prefix(8).map(\.shownInSentence)
        let others = values.count - shown.count
        return others > 0 ? shown.joined(separator: ", ") + " or \(others) others" : shown.listed(with: "or")
    }

    /// How many of them the value has; nil if it is of another type.
    /// - Parameter enough: from how many on it does not matter how many there are.
    private mutating func count(_ what: SchemaCount, of value: JSON, enough: Int = .max) throws(Stop) -> Int? {
        switch (what, value) {
        case (.elements, .array(let elements)): return elements.count
        case (.members, .object(let members)): return members.count
        case (.length, .string(let text)):
            // A character has one to four bytes.
            if text.utf8.count / 4 >= enough { return enough }
            try charge(text.utf8.count / 64)
            return text.unicodeScalars.count
        default: return nil
        }
    }

    private mutating func areUnique(_ elements: [JSON], _ rule: SchemaRule) throws(Stop) -> Bool {
        guard elements.count > 1 else { return true }
        try charge(JSON.array(elements).weight)
        var places = [SchemaValue: Int](minimumCapacity: elements.count)
        for (place, element) in elements.enumerated() {
            guard let earlier = places.updateValue(place, forKey: SchemaValue(element)) else { continue }
            return fail(rule, at: .place(place)) { "\($0) is the same as the item at place \(earlier)" }
        }
        return true
    }
}

extension SchemaBound {
    /// Whether the value is a number on the wrong side of the limit.
    func excludes(_ value: JSON, _ limit: JSON) -> Bool {
        switch value {
        case .int, .double: break
        default: return false
        }
        return switch self {
        case .minimum: ExactNumber.isLess(value, limit)
        case .maximum: ExactNumber.isLess(limit, value)
        case .exclusiveMinimum: !ExactNumber.isLess(limit, value)
        case .exclusiveMaximum: !ExactNumber.isLess(value, limit)
        }
    }

    var words: String {
        switch self {
        case .minimum: "at least"
        case .maximum: "at most"
        case .exclusiveMinimum: "more than"
        case .exclusiveMaximum: "less than"
        }
    }
}

extension SchemaCount {
    /// "1 character", "3 items".
    func words(_ count: Int) -> String {
        let word =
            switch self {
            case .length: "character"
            case .elements: "item"
            case .members: "member"
            }
        return "\(count) \(word)\(count == 1 ? "" : "s")"
    }
}

extension JSON {
    /// A scalar as a person types it; nil for what is no JSON, and for arrays and objects.
    init?(scalarText text: String) {
        do {
            let value = try JSON(parsing: text)
            switch value {
            case .array, .object: return nil
            default: self = value
            }
        } catch {
            // Not an error: most texts are no JSON.
            return nil
        }
    }
}
