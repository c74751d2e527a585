/// A function of the language.
struct Function: Sendable {
    /// As it is written, with its namespace: `size`, `math.abs`.
    let name: String
    /// Whether it is called on its first argument: `text.trim()`.
    let isMember: Bool
    /// How many arguments it takes, the one it is called on included.
    let argumentCount: ClosedRange<Int>
    let body: Body

    /// Gives the value, or nil if the arguments' types fit no form of the function. The evaluator has checked their
    /// number.
    typealias Body = @Sendable (_ arguments: [Value], _ budget: inout Budget) throws(EvaluationError) -> Value?

    static func global(_ name: String, _ argumentCount: ClosedRange<Int>, _ body: @escaping Body) -> Function {
        Function(name: name, isMember: false, argumentCount: argumentCount, body: body)
    }

    static func member(_ name: String, _ argumentCount: ClosedRange<Int>, _ body: @escaping Body) -> Function {
        Function(name: name, isMember: true, argumentCount: argumentCount, body: body)
    }
}

/// All functions, by how they are called.
enum FunctionLibrary: Sendable {
    private static let all: [Function] =
        StandardFunctions.all + ConversionFunctions.all + TimeFunctions.all + StringFunctions.all
        + SearchFunctions.all + MathFunctions.all + BitFunctions.all + EncoderFunctions.all + OptionalFunctions.all
        + ListFunctions.all

    static let globals = byName(all.filter { !$0.isMember })
    static let members = byName(all.filter(\.isMember))

    /// `optional.hasValue()`, which `has(a.?b)` becomes.
    static let hasValue = OptionalFunctions.hasValue

    /// Names of global functions and macros, for hints.
    static let globalNames = (globals.keys + ["has", "cel.bind"]).sorted()
    /// Names of member functions and macros, for hints.
    static let memberNames = (members.keys + Parser.memberMacroNames + ["or", "orValue"]).sorted()

    private static func byName(_ functions: [Function]) -> [String: Function] {
        Dictionary(uniqueKeysWithValues: functions.map { ($0.name, $0) })
    }
}
