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
        var distinctions: [SchemaViolation] = []
        for schema in schemas {
            let findings = try findings(value, schema)
            if let distinction = findings.first(where: saysThatAnotherIsMeant) {
                distinctions.append(distinction)
            } else {
                meant.append(findings)
            }
        }
        if meant.isEmpty, let told = noneIsMeant(value, distinctions, rule) {
            add(told)
            return false
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
        let here = pointer
        if finding.keyword == "type", finding.instancePointer == here { return true }
        let rest = finding.instancePointer.utf8.dropFirst(here.utf8.count)
        return rest.count { $0 == UInt8(ascii: "/") } <= 1 && choices(of: finding) != nil
    }

    /// The values that the keyword of a finding names; nil for a keyword that names none. Null is the only one of its type.
    private func choices(of finding: SchemaViolation) -> [JSON]? {
        guard let keyword = finding.keyword, ["const", "enum", "type"].contains(keyword) else { return nil }
        let node = finding.schemaPointer.dropLast(keyword.count + 1)
        let rule = schema.nodes.first { $0.pointer == node }?.rules.first { $0.keyword == keyword }
        return switch rule?.check {
        case .constant(let constant): [constant.json]
        case .choices(let choices): choices.values
        case .types(.null): [.null]
        default: nil
        }
    }

    /// What is said when one member tells the alternatives apart, and has the value of none of them: which there are.
    private func noneIsMeant(_ value: JSON, _ distinctions: [SchemaViolation], _ rule: SchemaRule) -> SchemaViolation? {
        guard let place = distinctions.first?.instancePointer, place != pointer,
            distinctions.allSatisfy({ $0.instancePointer == place }),
            let name = JSONPointer(text: place).tokens.last, let found = value[name]
        else { return nil }
        let known = distinctions.flatMap { choices(of: $0) ?? [] }
        let hint = found.stringValue.flatMap { SchemaHint.nearest(to: $0, among: known.compactMap(\.stringValue)) }
        return SchemaViolation(
            instancePointer: place, schemaPointer: schema.nodes[rule.node].pointer + "/\(rule.keyword)",
            message: "\(Self.named(name)) must be \(Self.listed(known)), not \(found.shownInSentence)", hint: hint)
    }
}

extension SchemaViolation {
    /// The last part of the place in the schema.
    fileprivate var keyword: String? { JSONPointer(text: schemaPointer).tokens.last }
}
