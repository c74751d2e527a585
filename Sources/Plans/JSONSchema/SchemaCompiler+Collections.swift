internal import Core
internal import RegularExpressions

/// Keywords about the members of objects, the elements of arrays, and how many of them there are.
extension SchemaCompiler {
    mutating func addCountRules(of schema: SchemaSource, to rules: inout [SchemaRule]) {
        for what in SchemaCount.allCases {
            if let least = count("min\(what.rawValue)", of: schema), least > 0 {
                rules.append(schema.rule("min\(what.rawValue)", .atLeast(what, least)))
            }
            if let most = count("max\(what.rawValue)", of: schema) {
                rules.append(schema.rule("max\(what.rawValue)", .atMost(what, most)))
            }
        }
        guard let value = schema["uniqueItems"] else { return }
        guard let isUnique = value.boolValue else {
            index.report(
                "\"uniqueItems\" is true or false, not \(value.typePhrase)",
                at: schema.location.appending("uniqueItems"))
            return
        }
        if isUnique { rules.append(schema.rule("uniqueItems", .uniqueElements)) }
    }

    mutating func addMemberRules(of schema: SchemaSource, to rules: inout [SchemaRule]) {
        if let value = schema["required"],
            let names = names(value, "required", at: schema.location.appending("required")), !names.isEmpty
        {
            rules.append(schema.rule("required", .required(names)))
        }
        if let value = schema["dependentRequired"] {
            let place = schema.location.appending("dependentRequired")
            guard case .object(let members) = value else {
                index.report("\"dependentRequired\" is an object, not \(value.typePhrase)", at: place)
                return
            }
            var dependent: [(name: String, required: [String])] = []
            for member in members {
                if let names = names(member.value, member.name, at: place.appending(member.name)) {
                    dependent.append((member.name, names))
                }
            }
            rules.append(schema.rule("dependentRequired", .dependentRequired(dependent)))
        }
        if schema["propertyNames"] != nil {
            rules.append(schema.rule("propertyNames", .memberNames(child("propertyNames", of: schema))))
        }
        addMembers(of: schema, to: &rules)
    }

    private mutating func addMembers(of schema: SchemaSource, to rules: inout [SchemaRule]) {
        var named: [ExactText: Int] = [:]
        for name in schema["properties"]?.objectValue?.names ?? [] {
            named[ExactText(name)] = node(at: schema.location.appending("properties").appending(name))
        }
        var patterns: [(expression: RegularExpression, schema: Int)] = []
        for pattern in schema["patternProperties"]?.objectValue?.names ?? [] {
            let place = schema.location.appending("patternProperties").appending(pattern)
            let child = node(at: place)
            if let expression = expression(pattern, at: place) { patterns.append((expression, child)) }
        }
        let rest = schema["additionalProperties"].map { _ in child("additionalProperties", of: schema) }
        guard !named.isEmpty || !patterns.isEmpty || rest != nil else { return }
        let members = SchemaMembers(named: named, patterns: patterns, rest: rest)
        rules.append(schema.rule("properties", .members(members)))
    }

    mutating func addElementRules(of schema: SchemaSource, to rules: inout [SchemaRule]) {
        let prefix = children("prefixItems", of: schema)
        let rest = schema["items"].map { _ in child("items", of: schema) }
        if !prefix.isEmpty || rest != nil {
            rules.append(schema.rule("items", .elements(SchemaElements(prefix: prefix, rest: rest))))
        }
        let least = count("minContains", of: schema) ?? 1
        let most = count("maxContains", of: schema)
        if schema["contains"] != nil {
            let check = SchemaCheck.contains(child("contains", of: schema), minimum: least, maximum: most)
            rules.append(schema.rule("contains", check))
        }
    }

    /// The subschema that a keyword holds.
    mutating func child(_ keyword: String, of schema: SchemaSource) -> Int {
        node(at: schema.location.appending(keyword))
    }

    /// The subschemas that a keyword lists.
    mutating func children(_ keyword: String, of schema: SchemaSource) -> [Int] {
        (schema[keyword]?.arrayValue ?? []).indices.map { node(at: schema.location.appending(keyword).appending($0)) }
    }
}
