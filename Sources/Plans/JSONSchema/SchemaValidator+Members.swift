internal import Core
internal import RegularExpressions

/// Rules about the members of an object.
extension SchemaValidator {
    mutating func followsMemberRule(
        _ members: JSONObject, _ value: JSON, _ rule: SchemaRule, soFar isValid: Bool, _ coverage: inout Coverage
    ) throws(Stop) -> Bool {
        switch rule.check {
        case .required(let names): return try has(names, members, rule, askedBy: nil)
        case .dependentRequired(let dependent):
            var isValid = true
            try charge(dependent.count)
            for (name, required) in dependent where members[name] != nil {
                if try !has(required, members, rule, askedBy: name) { isValid = false }
            }
            return isValid
        case .memberNames(let schema): return try namesFit(members, schema)
        case .members(let rules): return try membersFit(members, rules, rule, &coverage)
        case .dependentSchemas(let dependent):
            var isValid = true
            try charge(dependent.count)
            for (name, schema) in dependent where members[name] != nil {
                if try !fits(value, schema, &coverage) { isValid = false }
                if !isValid, !isCollecting { return false }
            }
            return isValid
        case .unevaluatedMembers(let schema):
            // What the others looked at is known only if they were content.
            guard isValid else { return true }
            return try unevaluatedFit(members, schema, rule, &coverage)
        default: return true
        }
    }

    private mutating func has(
        _ names: [String], _ members: JSONObject, _ rule: SchemaRule, askedBy asking: String?
    ) throws(Stop) -> Bool {
        try charge(names.count)
        var isValid = true
        for name in names where members[name] == nil {
            guard isCollecting else { return false }
            let place = whereMissing
            let reason = asking.map { ", which \(quoted($0)) asks for" } ?? ""
            isValid = fail(rule, at: .name(name)) { _ in "\(Self.named(name)) is missing\(place)\(reason)" }
        }
        return isValid
    }

    private mutating func namesFit(_ members: JSONObject, _ schema: Int) throws(Stop) -> Bool {
        let outer = memberName
        defer { memberName = outer }
        var isValid = true
        for (name, _) in members {
            memberName = name
            if try !fits(.string(name), schema) { isValid = false }
            if !isValid, !isCollecting { return false }
        }
        return isValid
    }

    private mutating func membersFit(
        _ members: JSONObject, _ rules: SchemaMembers, _ rule: SchemaRule, _ coverage: inout Coverage
    ) throws(Stop) -> Bool {
        var isValid = true
        for place in members.indices {
            let (name, value) = members[place]
            try charge(1)
            var isKnown = false
            if let schema = rules.named[ExactText(name)] {
                isKnown = true
                if try !fits(value, at: .name(name), schema) { isValid = false }
            }
            for (expression, schema) in rules.patterns {
                try charge(1 + name.utf8.count / 64 + expression.matchingCost(bytes: name.utf8.count))
                guard expression.matches(name) else { continue }
                isKnown = true
                if try !fits(value, at: .name(name), schema) { isValid = false }
            }
            if !isKnown, let schema = rules.rest {
                isKnown = true
                if self.schema.nodes[schema].isNever {
                    isValid = failUnknown(name, among: rules.named, rule, keyword: "additionalProperties")
                } else if try !fits(value, at: .name(name), schema) {
                    isValid = false
                }
            }
            if isKnown { coverage.mark(place, of: members.count) }
            if !isValid, !isCollecting { return false }
        }
        return isValid
    }

    private mutating func unevaluatedFit(
        _ members: JSONObject, _ schema: Int, _ rule: SchemaRule, _ coverage: inout Coverage
    ) throws(Stop) -> Bool {
        var isValid = true
        for place in members.indices where !coverage.includes(place) {
            let (name, value) = members[place]
            try charge(1)
            if self.schema.nodes[schema].isNever {
                isValid = failUnknown(name, among: [:], rule, keyword: rule.keyword)
            } else if try !fits(value, at: .name(name), schema) {
                isValid = false
            }
            coverage.mark(place, of: members.count)
            if !isValid, !isCollecting { return false }
        }
        return isValid
    }

    private mutating func failUnknown(
        _ name: String, among known: [ExactText: Int], _ rule: SchemaRule, keyword: String
    ) -> Bool {
        guard isCollecting else { return false }
        let place = whereMissing
        let hint = { SchemaHint.listing(known, for: name, called: "there are") }
        return fail(rule, keyword: keyword, at: .name(name), hint: hint) { _ in
            "no member \(Self.named(name)) is expected\(place)"
        }
    }
}
