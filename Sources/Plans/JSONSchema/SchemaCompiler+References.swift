internal import Core

/// Keywords that apply other schemas to the same value.
extension SchemaCompiler {
    mutating func addReferences(of schema: SchemaSource, to rules: inout [SchemaRule]) {
        if let target = target(of: "$ref", in: schema) {
            rules.append(schema.rule("$ref", .reference(node(at: target))))
        }
        guard let target = target(of: "$dynamicRef", in: schema) else { return }
        let fallback = node(at: target)
        // It is dynamic only if what it names at first sight is a dynamic anchor.
        guard let name = schema["$dynamicRef"]?.stringValue.flatMap({ URIReference($0).decodedFragment }),
            let entry = index.entries[target],
            index.dynamicAnchors[ExactText(name)]?[entry.resource] == target
        else {
            rules.append(schema.rule("$dynamicRef", .reference(fallback)))
            return
        }
        let check = SchemaCheck.dynamicReference(fallback, byResource: dynamicTargets(name))
        rules.append(schema.rule("$dynamicRef", check))
    }

    mutating func addCombinations(of schema: SchemaSource, to rules: inout [SchemaRule]) {
        let combinations: [(String, ([Int]) -> SchemaCheck)] = [
            ("allOf", SchemaCheck.all), ("anyOf", SchemaCheck.any), ("oneOf", SchemaCheck.one),
        ]
        for (keyword, check) in combinations {
            let schemas = children(keyword, of: schema)
            if !schemas.isEmpty { rules.append(schema.rule(keyword, check(schemas))) }
        }
        if schema["not"] != nil { rules.append(schema.rule("not", .not(child("not", of: schema)))) }
        if schema["if"] != nil {
            let check = SchemaCheck.condition(
                child("if", of: schema), then: schema["then"].map { _ in child("then", of: schema) },
                otherwise: schema["else"].map { _ in child("else", of: schema) })
            rules.append(schema.rule("if", check))
        }
        let names = schema["dependentSchemas"]?.objectValue?.names ?? []
        if !names.isEmpty {
            let place = schema.location.appending("dependentSchemas")
            let dependent = names.map { (name: $0, schema: node(at: place.appending($0))) }
            rules.append(schema.rule("dependentSchemas", .dependentSchemas(dependent)))
        }
    }

    mutating func addUnevaluated(of schema: SchemaSource, to rules: inout [SchemaRule]) {
        if schema["unevaluatedProperties"] != nil {
            let check = SchemaCheck.unevaluatedMembers(child("unevaluatedProperties", of: schema))
            rules.append(schema.rule("unevaluatedProperties", check))
        }
        if schema["unevaluatedItems"] != nil {
            let check = SchemaCheck.unevaluatedElements(child("unevaluatedItems", of: schema))
            rules.append(schema.rule("unevaluatedItems", check))
        }
    }

    /// What the reference names; nil if there is none or it leads nowhere, which is reported.
    private mutating func target(of keyword: String, in schema: SchemaSource) -> SchemaLocation? {
        guard let text = text(keyword, of: schema) else { return nil }
        let place = schema.location.appending(keyword)
        let address = URIReference(text).resolved(against: index.resources[schema.resource].address)
        guard let resource = index.resource(at: address.textWithoutFragment) else {
            let known = index.addresses
            index.report(
                "there is no schema at \(quoted(address.textWithoutFragment))", at: place,
                hint: SchemaHint.nearest(to: address.textWithoutFragment, among: known)
                    ?? "nothing is fetched: put it into \"$defs\" with this \"$id\"")
            return nil
        }
        let root = index.resources[resource].root
        guard let fragment = address.fragment, !fragment.isEmpty else { return root }
        guard let name = address.decodedFragment else {
            index.report("the fragment of \(quoted(text)) is not UTF-8", at: place)
            return nil
        }
        guard name.utf8.first != UInt8(ascii: "/") else {
            return target(of: JSONPointer(text: name), below: root, resource: resource, at: place)
        }
        if let anchor = index.resources[resource].anchors[ExactText(name)] { return anchor }
        let anchors = index.resources[resource].anchors
        index.report(
            "there is no anchor \(quoted(name))", at: place,
            hint: SchemaHint.listing(anchors, for: name, called: "the anchors are")
                ?? "a place within the document is written \"#/$defs/name\"")
        return nil
    }

    private mutating func target(
        of pointer: JSONPointer, below root: SchemaLocation, resource: Int, at place: SchemaLocation
    ) -> SchemaLocation? {
        guard var schema = index.entries[root]?.schema else { return nil }
        var location = root
        var owner = resource
        for token in pointer.tokens {
            guard let child = schema.child(at: token) else {
                index.report(
                    "\(quoted("#" + pointer.text)) leads nowhere: there is no \(quoted(token))", at: place,
                    hint: SchemaHint.listing(schema.objectValue?.names ?? [], for: token, called: "there are"))
                return nil
            }
            schema = child
            location = location.appending(token)
            owner = index.entries[location]?.resource ?? owner
        }
        // It may stand below a keyword that nobody knows; then it was not taken for a schema so far.
        index.add(schema, at: location, resource: owner)
        return location
    }
}
