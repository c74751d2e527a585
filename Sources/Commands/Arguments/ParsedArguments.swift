internal import Core
internal import Plans

/// What was given to a verb, checked against its syntax.
struct ParsedArguments: Sendable {
    private(set) var operands: [String] = []
    private var values: [String: [String]] = [:]

    /// Whether that option was given.
    func has(_ option: OptionSyntax) -> Bool { values[option.name] != nil }

    /// The value of an option.
    subscript(option: OptionSyntax) -> String? { values[option.name]?.first }

    /// The values of a repeatable option, in order.
    func all(_ option: OptionSyntax) -> [String] { values[option.name] ?? [] }

    /// A whole number.
    /// - Throws: `SignalboxError` with code `invalid_input` when it is none or out of range.
    func integer(_ option: OptionSyntax, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = self[option] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw SignalboxError(
                .invalidInput,
                "\(option.name) must be a whole number from \(range.lowerBound) to \(range.upperBound), not \"\(text)\"."
            )
        }
        return number
    }
}

extension ParsedArguments {
    /// Reads what stands behind the words of a verb. Values follow their option or stand behind `=`; options and
    /// operands may be mixed; everything behind `--` is an operand.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    init(_ arguments: some Sequence<String>, for syntax: VerbSyntax) throws {
        var rest = Array(arguments)[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                operands += rest
                break
            }
            guard argument.hasPrefix("-"), argument != "-" else {
                operands.append(argument)
                continue
            }
            try take(argument, &rest, syntax)
        }
        try checkOperands(syntax)
    }

    private mutating func take(_ argument: String, _ rest: inout ArraySlice<String>, _ syntax: VerbSyntax) throws {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let option = syntax.options.first(where: { $0.name == parts[0] }) else {
            throw UsageError.unknownOption(parts[0], syntax)
        }
        guard let placeholder = option.value else {
            guard parts.count == 1 else { throw UsageError.error("\(option.name) takes no value.", syntax) }
            values[option.name] = []
            return
        }
        guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
            throw UsageError.error("\(option.name) needs a value: \(option.name) \(placeholder).", syntax)
        }
        guard option.isRepeatable || values[option.name] == nil else {
            throw UsageError.error("\(option.name) is given twice.", syntax)
        }
        values[option.name, default: []].append(value)
    }

    private func checkOperands(_ syntax: VerbSyntax) throws {
        let (name, minimum, maximum) =
            switch syntax.operands {
            case .none: ("", 0, 0)
            case .one(let name): (name, 1, 1)
            case .words(let name): (name, 0, Int.max)
            case .oneOrMore(let name): (name, 1, Int.max)
            case .two(let first, let second): (operands.isEmpty ? first : second, 2, 2)
            }
        // An empty word is what a variable that is not set leaves behind.
        let given = minimum > 0 ? operands.count { !$0.isEmpty } : operands.count
        guard given >= minimum else { throw UsageError.error("\(name) is missing.", syntax) }
        guard operands.count <= maximum else {
            if let (sentence, hint) = syntax.surplus { throw SignalboxError(.invalidInput, sentence, hint: hint) }
            throw UsageError.error("\"\(operands[maximum])\" is one argument too many.", syntax)
        }
    }
}

/// What is said to people who call the program in a way it does not know.
enum UsageError: Sendable {
    static func error(_ sentence: String, _ syntax: VerbSyntax) -> SignalboxError {
        SignalboxError(.invalidInput, sentence, hint: "usage: \(Help.usage(of: syntax))")
    }

    static func unknownOption(_ name: String, _ syntax: VerbSyntax) -> SignalboxError {
        let known = syntax.options.map(\.name) + [Help.option]
        let hint = Suggestion.hint(for: name, among: known, called: "its options are")
        return SignalboxError(.invalidInput, "`signalbox \(syntax.name)` has no option \(name).", hint: hint)
    }
}
