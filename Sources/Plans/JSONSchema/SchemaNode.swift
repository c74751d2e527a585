internal import Core
internal import RegularExpressions

/// A compiled schema: its subschemas refer to each other by their number, so that they may go round in circles.
struct CompiledSchema: Sendable {
    /// The first one is the whole schema.
    let nodes: [SchemaNode]
    /// Whether any reference depends on the way that led to it.
    let hasDynamicReferences: Bool
}

/// One subschema.
struct SchemaNode: Sendable {
    /// Where it stands: a pointer, behind the address of its document if that is another one.
    let pointer: String
    /// The schema resource that it belongs to.
    let resource: Int
    /// What it is compiled from.
    let source: JSON
    /// What it asks for; `unevaluated…` stand last, for they depend on all others.
    var rules: [SchemaRule] = []
    /// What `type` allows, if it stands there.
    var types: SchemaTypes?
    /// Whether it is `false`, which no value fits.
    var isNever: Bool { source.boolValue == false }
    /// Whether one of its rules asks which members or elements the others have looked at.
    var needsCoverage = false
}

/// One keyword, or some that belong together.
struct SchemaRule: Sendable {
    /// The subschema that it belongs to.
    let node: Int
    /// Empty for `false`, which is no keyword.
    let keyword: String
    let check: SchemaCheck
}

/// What a keyword asks of a value. Subschemas are named by their number.
enum SchemaCheck: Sendable {
    case never
    case types(SchemaTypes)
    /// Whole numbers must be such that 64 bits hold: a larger one was rounded when it was read.
    case heldIntegers
    case constant(SchemaValue)
    case choices(SchemaChoices)
    case bound(SchemaBound, JSON)
    case multiple(of: Decimal, JSON)
    case atLeast(SchemaCount, Int)
    case atMost(SchemaCount, Int)
    case pattern(RegularExpression, String)
    case format(SchemaFormat)
    case uniqueElements
    case required([String])
    case dependentRequired([(name: String, required: [String])])
    case dependentSchemas([(name: String, schema: Int)])
    case memberNames(Int)
    case members(SchemaMembers)
    case elements(SchemaElements)
    case contains(Int, minimum: Int, maximum: Int?)
    case all([Int])
    case any([Int])
    case one([Int])
    case not(Int)
    case condition(Int, then: Int?, otherwise: Int?)
    case reference(Int)
    /// A reference to an anchor that each resource on the way may define anew: the outermost one counts.
    case dynamicReference(Int, byResource: [Int: Int])
    case unevaluatedMembers(Int)
    case unevaluatedElements(Int)

    /// The subschemas that apply to the value itself.
    var inPlace: [Int] {
        switch self {
        case .all(let schemas), .any(let schemas), .one(let schemas): schemas
        case .not(let schema), .reference(let schema): [schema]
        case .condition(let test, let then, let otherwise): [test] + [then, otherwise].compactMap(\.self)
        case .dependentSchemas(let dependent): dependent.map(\.schema)
        default: []
        }
    }
}

/// The bounds of numbers.
enum SchemaBound: String, Sendable, CaseIterable {
    case minimum, maximum, exclusiveMinimum, exclusiveMaximum
}

/// What can be counted of a value.
enum SchemaCount: String, Sendable, CaseIterable {
    case length = "Length"
    case elements = "Items"
    case members = "Properties"
}

/// The values that `enum` allows.
final class SchemaChoices: Sendable {
    let values: [JSON]
    private let lookup: Set<SchemaValue>
    private let types: SchemaTypes

    init(_ values: [JSON]) {
        self.values = values
        lookup = Set(values.map(SchemaValue.init))
        types = values.reduce(into: []) { $0.formUnion(SchemaTypes(of: $1)) }
    }

    /// Whether any of them is of the value's type: looking for a large one among texts is not worth it.
    func mayContain(_ value: JSON) -> Bool { types.includes(value) }

    func contains(_ value: JSON) -> Bool { lookup.contains(SchemaValue(value)) }
}

/// `properties`, `patternProperties` and `additionalProperties`, which share the members among them.
final class SchemaMembers: Sendable {
    let named: [ExactText: Int]
    let patterns: [(expression: RegularExpression, schema: Int)]
    /// For all others.
    let rest: Int?

    init(named: [ExactText: Int], patterns: [(expression: RegularExpression, schema: Int)], rest: Int?) {
        self.named = named
        self.patterns = patterns
        self.rest = rest
    }
}

/// `prefixItems` and `items`, which share the elements among them.
final class SchemaElements: Sendable {
    let prefix: [Int]
    /// For all others.
    let rest: Int?

    init(prefix: [Int], rest: Int?) {
        self.prefix = prefix
        self.rest = rest
    }
}
