internal import Core

extension SchemaValidator {
    /// Whether the value follows a rule.
    /// - Parameter isValid: whether it followed all before.
    mutating func follows(
        _ value: JSON, _ rule: SchemaRule, soFar isValid: Bool, _ coverage: inout Coverage
    ) throws(Stop) -> Bool {
        switch rule.check {
        case .never:
            return fail(rule) { [path] in
                path.isEmpty ? "no value is allowed" : "\($0) must not be given"
            }
        case .types, .heldIntegers, .constant, .choices, .bound, .multiple, .atLeast, .atMost, .pattern, .format,
            .uniqueElements:
            return try followsValueRule(value, rule)
        case .required, .dependentRequired, .memberNames, .members, .dependentSchemas, .unevaluatedMembers:
            guard case .object(let members) = value else { return true }
            return try followsMemberRule(members, value, rule, soFar: isValid, &coverage)
        case .elements, .contains, .unevaluatedElements:
            guard case .array(let elements) = value else { return true }
            return try followsElementRule(elements, rule, soFar: isValid, &coverage)
        case .all, .any, .one, .not, .condition, .reference, .dynamicReference:
            return try followsCombination(value, rule, &coverage)
        }
    }

    private mutating func followsCombination(
        _ value: JSON, _ rule: SchemaRule, _ coverage: inout Coverage
    ) throws(Stop) -> Bool {
        switch rule.check {
        case .reference(let schema): return try fits(value, schema, &coverage)
        case .dynamicReference(let fallback, let byResource):
            return try fits(value, target(byResource, fallback: fallback), &coverage)
        case .all(let schemas):
            var isValid = true
            for schema in schemas {
                if try !fits(value, schema, &coverage) { isValid = false }
                if !isValid, !isCollecting { return false }
            }
            return isValid
        case .any(let schemas): return try fitsAny(value, schemas, rule, &coverage)
        case .one(let schemas): return try fitsOne(value, schemas, rule, &coverage)
        case .not(let schema):
            var unused = Coverage(isWanted: false)
            guard try quietlyFits(value, schema, &unused) else { return true }
            return fail(rule) { "\($0) is what the schema excludes (\"not\")" }
        case .condition(let test, let then, let otherwise):
            guard let next = try quietlyFits(value, test, &coverage) ? then : otherwise else { return true }
            return try fits(value, next, &coverage)
        default: return true
        }
    }
}
