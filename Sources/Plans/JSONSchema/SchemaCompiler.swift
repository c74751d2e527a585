internal import Core
internal import RegularExpressions

/// Turns a schema into rules, each subschema once, and tells all that is wrong with it.
struct SchemaCompiler {
    var index: SchemaIndex
    private(set) var nodes: [SchemaNode] = []
    private(set) var warnings: [Diagnostic] = []
    private var namesLookedAt = 0
    private var places: [SchemaLocation: Int] = [:]
    private var locations: [SchemaLocation] = []
    private var patterns: [ExactText: RegularExpression] = [:]
    /// Where each dynamic anchor leads, by resource; `count` tells whether there were all resources yet.
    private var dynamicTargets: [ExactText: (count: Int, byResource: [Int: Int])] = [:]
    let assertsFormats: Bool

    /// Compiles a schema.
    /// - Throws: `SignalboxError` with code `invalid_input` or `limit_exceeded`; its diagnostics tell all mistakes.
    static func compile(
        _ schema: JSON, documents: [String: JSON], assertsFormats: Bool
    ) throws -> (schema: CompiledSchema, warnings: [Diagnostic]) {
        try schema.requireBounds(of: "The schema", bytesMaximum: Limits.schemaBytesMaximum)
        for document in documents.sorted(by: { $0.key < $1.key }) {
            try document.value.requireBounds(
                of: "The schema \(quoted(document.key))", bytesMaximum: Limits.schemaBytesMaximum)
        }
        let others = documents.sorted { $0.key < $1.key }.map { (address: $0.key, schema: $0.value) }
        var compiler = SchemaCompiler(
            index: SchemaIndex([(address: "", schema: schema)] + others), assertsFormats: assertsFormats)
        compiler.compileAll()
        compiler.refuseCircles()
        let problems = compiler.index.problems
        guard let first = problems.first else {
            let hasDynamicReferences = compiler.nodes.contains { node in
                node.rules.contains { if case .dynamicReference = $0.check { true } else { false } }
            }
            return (
                CompiledSchema(nodes: compiler.nodes, hasDynamicReferences: hasDynamicReferences), compiler.warnings
            )
        }
        let count = problems.count == 1 ? "a mistake" : "\(problems.count) mistakes"
        throw SignalboxError(
            .invalidInput, "The schema has \(count)", at: problems.count == 1 ? first.place : nil,
            diagnostics: problems)
    }

    private init(index: SchemaIndex, assertsFormats: Bool) {
        self.index = index
        self.assertsFormats = assertsFormats
    }

    /// The number of the subschema at a location, which is compiled later: references may go round in circles.
    mutating func node(at location: SchemaLocation) -> Int {
        if let known = places[location] { return known }
        let entry = index.entries[location]
        places[location] = nodes.count
        locations.append(location)
        nodes.append(
            SchemaNode(
                pointer: index.text(of: location), resource: entry?.resource ?? 0, source: entry?.schema ?? true))
        return nodes.count - 1
    }

    /// Where a subschema stands.
    func location(of node: Int) -> SchemaLocation { locations[node] }

    /// The subschemas of that dynamic anchor, by resource: the same table for all references to it.
    mutating func dynamicTargets(_ name: String) -> [Int: Int] {
        let places = index.dynamicAnchors[ExactText(name)] ?? [:]
        if let known = dynamicTargets[ExactText(name)], known.count == places.count { return known.byResource }
        var targets: [Int: Int] = [:]
        for (resource, place) in places { targets[resource] = node(at: place) }
        dynamicTargets[ExactText(name)] = (places.count, targets)
        return targets
    }

    /// The pattern, compiled once; nil if it is wrong, which is reported.
    mutating func expression(_ pattern: String, at location: SchemaLocation) -> RegularExpression? {
        if let known = patterns[ExactText(pattern)] { return known }
        guard pattern.utf8.count <= Limits.schemaPatternBytesMaximum else {
            index.report("a pattern can have \(Limits.schemaPatternBytesMaximum) bytes", at: location)
            return nil
        }
        guard patterns.count < Limits.schemaPatternsMaximum else {
            index.report("a schema can have \(Limits.schemaPatternsMaximum) different patterns", at: location)
            return nil
        }
        switch RegularExpression.compile(ecmaScript: pattern) {
        case .success(let expression):
            patterns[ExactText(pattern)] = expression
            return expression
        case .failure(let failure):
            index.report("\(quoted(pattern)) is \(failure.message)", at: location, hint: failure.hint)
            return nil
        }
    }

    /// Compiles the whole schema, everything it refers to, and every other subschema, so that mistakes in those that
    /// nothing refers to yet are found as well.
    private mutating func compileAll() {
        _ = node(at: SchemaLocation(document: 0, pointer: .root))
        let all = index.entries.keys.filter { $0.document == 0 }.sorted { $0.pointer.text < $1.pointer.text }
        for location in all { _ = node(at: location) }
        var next = 0
        while next < nodes.count {
            let schema = SchemaSource(number: next, location: locations[next], node: nodes[next])
            warn(about: schema)
            nodes[next].rules = rules(of: schema)
            nodes[next].types =
                nodes[next].rules.lazy.compactMap { rule in
                    if case .types(let types) = rule.check { types } else { nil }
                }.first
            nodes[next].needsCoverage = nodes[next].rules.contains { rule in
                switch rule.check {
                case .unevaluatedMembers, .unevaluatedElements: true
                default: false
                }
            }
            next += 1
        }
    }

    private mutating func rules(of schema: SchemaSource) -> [SchemaRule] {
        if schema.json.boolValue == false { return [schema.rule("", .never)] }
        guard case .object = schema.json else { return [] }
        var rules: [SchemaRule] = []
        addValueRules(of: schema, to: &rules)
        addCountRules(of: schema, to: &rules)
        addMemberRules(of: schema, to: &rules)
        addElementRules(of: schema, to: &rules)
        addReferences(of: schema, to: &rules)
        addCombinations(of: schema, to: &rules)
        addUnevaluated(of: schema, to: &rules)
        return rules
    }

    private mutating func warn(about schema: SchemaSource) {
        for name in schema.json.objectValue?.names ?? [] {
            // To look for what was meant takes a while; after so many names nobody reads on.
            guard namesLookedAt < 1_000 else { return }
            namesLookedAt += 1
            guard warnings.count < Limits.schemaViolationsMaximum,
                let (message, hint) = SchemaKeywords.warning(about: name)
            else { continue }
            let place = index.text(of: schema.location.appending(name))
            warnings.append(Diagnostic(message, at: .pointer(place), hint: hint))
        }
    }
}

/// The JSON of a subschema and where it stands.
struct SchemaSource {
    let number: Int
    let location: SchemaLocation
    let resource: Int
    let json: JSON

    init(number: Int, location: SchemaLocation, node: SchemaNode) {
        self.number = number
        self.location = location
        resource = node.resource
        json = node.source
    }

    subscript(keyword: String) -> JSON? { json[keyword] }

    /// A rule of that keyword.
    func rule(_ keyword: String, _ check: SchemaCheck) -> SchemaRule {
        SchemaRule(node: number, keyword: keyword, check: check)
    }
}
