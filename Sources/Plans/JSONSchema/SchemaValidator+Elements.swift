internal import Core

/// Rules about the elements of an array.
extension SchemaValidator {
    mutating func followsElementRule(
        _ elements: [JSON], _ rule: SchemaRule, soFar isValid: Bool, _ coverage: inout Coverage
    ) throws(Stop) -> Bool {
        switch rule.check {
        case .elements(let rules): return try elementsFit(elements, rules, rule, &coverage)
        case .contains(let schema, minimum: let least, maximum: let most):
            return try contains(elements, schema, least, most, rule, &coverage)
        case .unevaluatedElements(let schema):
            // What the others looked at is known only if they were content.
            guard isValid else { return true }
            for place in elements.indices where !coverage.includes(place) {
                try charge(1)
                if schemaIsNever(schema) {
                    return fail(rule, at: .place(place)) { "\($0) is more than is expected here" }
                }
                if try !fits(elements[place], at: .place(place), schema) { return false }
                coverage.mark(place, of: elements.count)
            }
            return true
        default: return true
        }
    }

    private mutating func elementsFit(
        _ elements: [JSON], _ rules: SchemaElements, _ rule: SchemaRule, _ coverage: inout Coverage
    ) throws(Stop) -> Bool {
        var isValid = true
        for place in elements.indices {
            let schema: Int
            if place < rules.prefix.count {
                schema = rules.prefix[place]
            } else if let rest = rules.rest {
                schema = rest
                if schemaIsNever(schema) {
                    let count = rules.prefix.count
                    return fail(rule, at: .place(place)) {
                        "\($0) is more than the \(SchemaCount.elements.words(count)) that are expected"
                    }
                }
            } else {
                break
            }
            if try !fits(elements[place], at: .place(place), schema) { isValid = false }
            coverage.mark(place, of: elements.count)
            if !isValid, !isCollecting { return false }
        }
        return isValid
    }

    private mutating func contains(
        _ elements: [JSON], _ schema: Int, _ least: Int, _ most: Int?, _ rule: SchemaRule, _ coverage: inout Coverage
    ) throws(Stop) -> Bool {
        var found = 0
        for (place, element) in elements.enumerated() {
            if !coverage.isWanted, most == nil, found >= least { return true }
            var unused = Coverage(isWanted: false)
            guard try quietlyFits(element, schema, &unused) else { continue }
            found += 1
            coverage.mark(place, of: elements.count)
        }
        let count = found
        if count < least {
            return fail(rule) {
                "\($0) needs at least \(SchemaCount.elements.words(least)) that the schema of \"contains\" describes, "
                    + "not \(count)"
            }
        }
        guard let most, count > most else { return true }
        return fail(rule) {
            "\($0) may have at most \(SchemaCount.elements.words(most)) that the schema of \"contains\" describes, "
                + "not \(count)"
        }
    }

    private func schemaIsNever(_ number: Int) -> Bool { schema.nodes[number].isNever }
}
