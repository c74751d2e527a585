public import Core

/// What is said of a parameter when an app is published; what is not said follows from the input of its plan.
public struct AppParameterDraft: Sendable {
    public var name: String
    public var kind: AppParameter.Kind?
    public var summary: String?
    public var isRequired: Bool?
    public var defaultValue: JSON?
    public var choices: [JSON]?
    /// The input of the plan; nil for the one of the same name.
    public var input: String?

    public init(
        name: String, kind: AppParameter.Kind? = nil, summary: String? = nil, isRequired: Bool? = nil,
        defaultValue: JSON? = nil, choices: [JSON]? = nil, input: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.summary = summary
        self.isRequired = isRequired
        self.defaultValue = defaultValue
        self.choices = choices
        self.input = input
    }
}

extension Plan {
    /// The parameters of an app: one for each input, where nothing is said of them.
    /// - Throws: `SignalboxError` with code `invalid_input`; its diagnostics are all mistakes, by pointers into
    ///   `/parameters`.
    public func parameters(_ drafts: [AppParameterDraft]?) throws -> [AppParameter] {
        guard let drafts else { return inputs.map(AppParameter.init(for:)) }
        var assembly = AppAssembly(plan: self)
        for (place, draft) in drafts.enumerated() { assembly.add(draft, at: JSONPointer.parameters.appending(place)) }
        return try assembly.finish()
    }

    func input(named name: String) -> InputDefinition? { inputs.first { $0.name == name } }
}

extension JSONPointer {
    /// Where the parameters of an app stand in a request.
    static let parameters = JSONPointer.root.appending("parameters")
}

/// Parameters that are put together, with all that is wrong with them.
private struct AppAssembly {
    let plan: Plan
    private var parameters: [AppParameter] = []
    private var diagnostics: [Diagnostic] = []

    init(plan: Plan) {
        self.plan = plan
    }

    mutating func add(_ draft: AppParameterDraft, at place: JSONPointer) {
        if !PlanNames.isValid(draft.name) {
            report("\(quoted(draft.name)) cannot be the name of a parameter", at: place, "name", hint: PlanNames.rule)
        }
        if parameters.contains(where: { $0.name == draft.name }) {
            report("there are two parameters \"\(draft.name)\"", at: place, "name")
        }
        guard let input = input(of: draft, at: place) else { return }
        let parameter = AppParameter(draft, for: input)
        if draft.defaultValue != nil, draft.isRequired == true {
            report(
                "a parameter with a default is not required", at: place, "required",
                hint: "remove \"required\" or \"default\"")
        }
        if let input, let before = parameters.first(where: { $0.input == input.name }) {
            report(
                "the input \"\(input.name)\" is that of the parameter \"\(before.name)\" already", at: place, "input")
        }
        let before = diagnostics.count
        checkKind(of: parameter, input, at: place)
        checkChoices(of: parameter, at: place)
        if before == diagnostics.count { checkValues(of: parameter, input, at: place) }
        parameters.append(parameter)
    }

    /// - Throws: `SignalboxError` with code `invalid_input`.
    mutating func finish() throws -> [AppParameter] {
        for input in plan.inputs where input.isRequired {
            guard let parameter = parameters.first(where: { $0.input == input.name }) else {
                diagnostics.append(
                    Diagnostic(
                        "the plan \"\(plan.name)\" requires the input \"\(input.name)\", and no parameter gives it",
                        at: .pointer(JSONPointer.parameters.text), hint: "add { \"name\": \"\(input.name)\" }"))
                continue
            }
            guard !parameter.isRequired, parameter.defaultValue == nil else { continue }
            diagnostics.append(
                Diagnostic(
                    "the plan requires the input \"\(input.name)\", so the parameter \"\(parameter.name)\" is required too",
                    at: .pointer(JSONPointer.parameters.text), hint: "remove \"required\", or give it a default"))
        }
        if parameters.count > Limits.appParametersMaximum {
            throw SignalboxError(.limit, "An app has at most \(Limits.appParametersMaximum) parameters.")
        }
        try AppMistakes.check(diagnostics)
        return parameters
    }

    /// The input that a parameter is for; none for a file that goes to no input. Nil for a mistake.
    private mutating func input(of draft: AppParameterDraft, at place: JSONPointer) -> InputDefinition?? {
        let name = draft.input ?? draft.name
        if let input = plan.input(named: name) { return .some(input) }
        if draft.kind == .file, draft.input == nil { return .some(nil) }
        let known = plan.inputs.map(\.name)
        report(
            "the plan \"\(plan.name)\" has no input \(quoted(name))", at: place, draft.input == nil ? "name" : "input",
            hint: Suggestion.hint(for: name, among: known, called: "its inputs are") ?? "it takes none")
        return nil
    }

    private mutating func checkKind(of parameter: AppParameter, _ input: InputDefinition?, at place: JSONPointer) {
        guard let input else { return }
        let types: [InputType] =
            switch parameter.kind {
            case .file: [.string, .any]
            case .number: [.integer, .number, .any]
            case .text, .longText, .choice: InputType.allCases
            }
        guard !types.contains(input.type) else { return }
        let what = parameter.kind == .file ? "the name of a file" : "a number"
        report(
            "the input \"\(input.name)\" must be \(input.type.phrase), and gets \(what)", at: place, "type",
            hint: "leave \"type\" out to have one that fits")
    }

    private mutating func checkChoices(of parameter: AppParameter, at place: JSONPointer) {
        guard parameter.kind == .choice else {
            if !parameter.choices.isEmpty {
                report("only a choice has \"choices\"", at: place, "choices", hint: "write \"type\": \"choice\"")
            }
            return
        }
        let maximum = Limits.appChoicesMaximum
        guard (1...maximum).contains(parameter.choices.count) else {
            report("a choice has 1 to \(maximum) \"choices\"", at: place, "choices")
            return
        }
        for (number, choice) in parameter.choices.enumerated() where !choice.isChoice {
            diagnostics.append(
                Diagnostic(
                    "a choice is a text, a number, true or false, not \(choice.typePhrase)",
                    at: .pointer(place.appending("choices").appending(number).text)))
        }
    }

    /// Default and choices must be what people could fill in.
    private mutating func checkValues(of parameter: AppParameter, _ input: InputDefinition?, at place: JSONPointer) {
        if let value = parameter.defaultValue {
            if parameter.kind == .file {
                report("a file has no default", at: place, "default", hint: "remove \"default\"")
            } else {
                _ = parameter.value(of: value, for: input, at: place.appending("default"), &diagnostics)
            }
        }
        for (number, choice) in parameter.choices.enumerated() {
            _ = parameter.value(
                of: choice, for: input, at: place.appending("choices").appending(number), &diagnostics)
        }
    }

    private mutating func report(_ message: String, at place: JSONPointer, _ member: String, hint: String? = nil) {
        diagnostics.append(Diagnostic(message, at: .pointer(place.appending(member).text), hint: hint))
    }
}

extension AppParameter {
    /// The draft, with what follows from the input.
    fileprivate init(_ draft: AppParameterDraft, for input: InputDefinition?) {
        let derived = input.map(AppParameter.init(for:))
        let kind = draft.kind ?? (draft.choices == nil ? derived?.kind ?? .file : .choice)
        let choices = draft.choices ?? (kind == .choice ? derived?.choices ?? [] : [])
        var defaultValue = draft.defaultValue
        if defaultValue == nil, draft.isRequired != true, kind != .file, let value = input?.defaultValue, !value.isNull
        {
            // One that cannot be chosen is what the plan takes when nothing is.
            let written = kind.written(value)
            if kind != .choice || choices.contains(written) { defaultValue = written }
        }
        self.init(
            name: draft.name, kind: kind, summary: draft.summary ?? input?.summary,
            isRequired: draft.isRequired ?? (defaultValue == nil && input?.isRequired ?? true),
            defaultValue: defaultValue, choices: choices, input: input?.name)
    }
}

/// Mistakes in parameters, told together.
enum AppMistakes {
    /// - Throws: `SignalboxError` with code `invalid_input` when there are some.
    static func check(_ diagnostics: [Diagnostic]) throws {
        guard let first = diagnostics.first else { return }
        let count = diagnostics.count == 1 ? "a mistake" : "\(diagnostics.count) mistakes"
        throw SignalboxError(
            .invalidInput, "The parameters have \(count)", at: diagnostics.count == 1 ? first.place : nil,
            diagnostics: diagnostics)
    }
}
