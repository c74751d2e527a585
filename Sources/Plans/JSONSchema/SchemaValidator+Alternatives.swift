internal import Core

/// `anyOf` and `oneOf`.
extension SchemaValidator {
    mutating func fitsAny(
        _ value: JSON, _ schemas: [Int], _ rule: SchemaRule, _ coverage: inout Coverage
    ) throws(Stop) -> Bool {
        var isValid = false
        for schema in schemas where try quietlyFits(value, schema, &coverage) {
            isValid = true
            // All that fit say what they looked at.
            if !coverage.isWanted { return true }
        }
        return isValid ? true : try failAlternatives(value, schemas, rule)
    }

    mutating func fitsOne(
        _ value: JSON, _ schemas: [Int], _ rule: SchemaRule, _ coverage: inout Coverage
    ) throws(Stop) -> Bool {
        var fitting: [Int] = []
        for (place, schema) in schemas.enumerated() where try quietlyFits(value, schema, &coverage) {
            fitting.append(place)
            if fitting.count > 1, !isCollecting { return false }
        }
        if fitting.count == 1 { return true }
        guard !fitting.isEmpty else { return try failAlternatives(value, schemas, rule) }
        return fail(rule) {
            "\($0) fits \(fitting.count) alternatives (\(fitting.map(String.init).listed(with: "and"))) of \"oneOf\", "
                + "but must fit exactly one"
        }
    }

    /// Tells what is wrong with the alternative that was meant, if that can be seen, else that none fits.
    private mutating func failAlternatives(_ value: JSON, _ schemas: [Int], _ rule: SchemaRule) throws(Stop) -> Bool {
        guard isCollecting else { return false }
        let types = schemas.map { schema.nodes[$0].types }
        if let known = types as? [SchemaTypes], !known.contains(where: { $0.includes(value) }) {
            let all = known.reduce(into: SchemaTypes()) { $0.formUnion($1) }
            return fail(rule) { "\($0) must be \(all.phrase), not \(value.typePhrase)" }
        }
        var meant: [[SchemaViolation]] = []
        for schema in schemas {
            let findings = try findings(value, schema)
            if !findings.contains(where: saysThatAnotherIsMeant) { meant.append(findings) }
        }
        if meant.count == 1 {
            for finding in meant[0] { add(finding) }
            return false
        }
        let reasons = meant.prefix(3).compactMap(\.first?.message)
        let hint = { reasons.isEmpty ? nil : "either \(reasons.listed(with: "or"))" }
        return fail(rule, hint: hint) { "\($0) fits none of the \(schemas.count) alternatives" }
    }

    /// Whether the value is of another type than the alternative, or a member has not the one value by which the
    /// alternatives are told apart.
    private func saysThatAnotherIsMeant(_ finding: SchemaViolation) -> Bool {
        let keyword = JSONPointer(text: finding.schemaPointer).tokens.last
        let here = pointer
        switch keyword {
        case "type": return finding.instancePointer == here
        case "const", "enum":
            let rest = finding.instancePointer.utf8.dropFirst(here.utf8.count)
            return rest.count { $0 == UInt8(ascii: "/") } <= 1
        default: return false
        }
    }
}
