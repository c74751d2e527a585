internal import Core

/// One validation of a value.
struct SchemaValidator {
    /// Why a validation ends before it is done.
    enum Stop: Error {
        case work, depth
    }

    /// A step on the way to the value that is looked at.
    enum Step {
        case name(String)
        case place(Int)
    }

    let schema: CompiledSchema
    /// Whether only the verdict counts: nothing is told, and the first thing that does not fit ends it.
    var isQuiet: Bool
    private(set) var violations: [SchemaViolation] = []
    private(set) var path: [Step] = []
    /// The name of a member, while it is looked at instead of a value.
    var memberName: String?
    /// Resources that were entered on the way, the outermost first; kept only if a reference depends on it.
    private var scope: [Int] = []
    private var depth = 0
    private let workMaximum: Int
    private var workLeft: Int

    init(schema: CompiledSchema, isQuiet: Bool, workMaximum: Int) {
        self.schema = schema
        self.workMaximum = workMaximum
        workLeft = workMaximum
        self.isQuiet = isQuiet
    }

    mutating func validate(_ value: JSON) -> [SchemaViolation] {
        do {
            _ = try start(value)
            return violations
        } catch {
            let message =
                switch error {
                case .work: "to validate the value takes more than the limit of \(workMaximum) steps"
                case .depth: "more than \(Limits.schemaDepthMaximum) schemas apply one inside the other"
                }
            return violations + [Self.refusal(message)]
        }
    }

    mutating func isValid(_ value: JSON) -> Bool {
        do {
            return try start(value)
        } catch {
            // What cannot be validated within the limits is not valid; `validate` says why.
            return false
        }
    }

    private mutating func start(_ value: JSON) throws(Stop) -> Bool {
        do {
            try value.requireBounds(of: "The value", bytesMaximum: Limits.outputBytesMaximum)
        } catch {
            violations = [
                Self.refusal(
                    "the value has more than \(Limits.outputBytesMaximum >> 20) MiB or \(Limits.valueDepthMaximum) levels"
                )
            ]
            return false
        }
        var coverage = Coverage(isWanted: false)
        return try fits(value, 0, &coverage)
    }

    private static func refusal(_ message: String) -> SchemaViolation {
        SchemaViolation(instancePointer: "", schemaPointer: "", message: message)
    }

    /// Whether the value fits a subschema.
    /// - Parameter coverage: takes in which of its members or elements were looked at, if it fits.
    mutating func fits(_ value: JSON, _ number: Int, _ coverage: inout Coverage) throws(Stop) -> Bool {
        try charge(1)
        let rules = schema.nodes[number].rules
        guard !rules.isEmpty else { return true }
        guard depth < Limits.schemaDepthMaximum else { throw .depth }
        depth += 1
        defer { depth -= 1 }
        let entersResource = schema.hasDynamicReferences && scope.last != schema.nodes[number].resource
        if entersResource { scope.append(schema.nodes[number].resource) }
        defer { if entersResource { scope.removeLast() } }
        var own = Coverage(isWanted: coverage.isWanted || schema.nodes[number].needsCoverage)
        var isValid = true
        for rule in rules {
            if try !follows(value, rule, soFar: isValid, &own) {
                isValid = false
                if !isCollecting { return false }
            }
        }
        if isValid { coverage.formUnion(own) }
        return isValid
    }

    /// Whether the value fits a subschema, when nobody asks what it looked at.
    mutating func fits(_ value: JSON, _ number: Int) throws(Stop) -> Bool {
        var coverage = Coverage(isWanted: false)
        return try fits(value, number, &coverage)
    }

    /// Whether a member or an element fits a subschema.
    mutating func fits(_ value: JSON, at step: Step, _ number: Int) throws(Stop) -> Bool {
        guard !schema.nodes[number].rules.isEmpty else { return true }
        path.append(step)
        let isValid = try fits(value, number)
        path.removeLast()
        return isValid
    }

    /// Whether the value fits a subschema; tells nothing.
    mutating func quietlyFits(_ value: JSON, _ number: Int, _ coverage: inout Coverage) throws(Stop) -> Bool {
        let wasQuiet = isQuiet
        isQuiet = true
        defer { isQuiet = wasQuiet }
        return try fits(value, number, &coverage)
    }

    /// What the value violates of a subschema.
    mutating func findings(_ value: JSON, _ number: Int) throws(Stop) -> [SchemaViolation] {
        let kept = violations
        violations = []
        defer { violations = kept }
        _ = try fits(value, number)
        return violations
    }

    /// What a dynamic reference means on this way.
    func target(_ byResource: [Int: Int], fallback: Int) -> Int {
        for resource in scope {
            if let target = byResource[resource] { return target }
        }
        return fallback
    }

    mutating func charge(_ units: Int) throws(Stop) {
        guard units <= workLeft else {
            workLeft = 0
            throw .work
        }
        workLeft -= units
    }

    /// Whether further findings are wanted.
    var isCollecting: Bool { !isQuiet && violations.count < Limits.schemaViolationsMaximum }

    /// Notes a finding, if it is wanted.
    mutating func add(_ violation: SchemaViolation) {
        if isCollecting { violations.append(violation) }
    }
}
