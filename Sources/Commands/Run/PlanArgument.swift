internal import Client
internal import Core
internal import Plans

/// The plan that was named on the command line.
enum PlanArgument: Sendable {
    /// A file, read and checked.
    case file(Plan)
    /// The name of a saved plan.
    case name(String)

    /// A path of a file or of a directory with `plan.yaml` in it, else a name. It blocks.
    /// - Parameter model: that is to take the place of those of the plan, perhaps a script beside it.
    /// - Throws: `SignalboxError` with all mistakes of the plan.
    static func read(_ argument: String, model: String? = nil) throws -> PlanArgument {
        if FileSystem.isDirectory(argument) {
            let path = argument.hasSuffix("/") ? argument + "plan.yaml" : argument + "/plan.yaml"
            return .file(try PlanLoader.load(path, model: model))
        }
        let endings = [".yaml", ".yml", ".json"]
        if argument.contains("/") || endings.contains(where: argument.hasSuffix) || FileSystem.exists(argument) {
            return .file(try PlanLoader.load(argument, model: model))
        }
        return .name(argument)
    }

    /// The plan, fetched by its name if need be.
    func plan(_ client: SignalboxClient) async throws -> Plan {
        switch self {
        case .file(let plan): return plan
        case .name(let name):
            do {
                let saved = try await client.plan(named: name, version: "current")
                return try PlanReader.read(PlanSource(path: saved.path, text: saved.text, files: saved.files))
            } catch let error as SignalboxError where error.code == .notFound {
                let known = try await client.plans().map(\.name)
                throw SignalboxError(
                    .notFound, "There is no plan \"\(name)\": neither a file nor a saved plan.",
                    hint: Suggestion.hint(for: name, among: known, called: "saved plans")
                        ?? "Name a file such as ./plan.yaml.", cause: error)
            }
        }
    }

    /// What the request says.
    func submission(of plan: Plan) -> TaskSubmission.Plan {
        switch self {
        case .file: .document(path: plan.source.path, text: plan.source.text, files: plan.source.files)
        case .name(let name): .named(name)
        }
    }
}

extension Plan {
    /// The values that `name=text` arguments mean for the inputs of this plan, checked together.
    /// - Throws: `SignalboxError` with code `invalid_input` and all mistakes.
    func inputs(fromArguments arguments: [String]) throws -> JSONObject {
        var given: [String: JSON] = [:]
        var refused: [SignalboxError] = []
        for argument in arguments {
            guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
                throw SignalboxError(
                    .invalidInput, "--input needs a name and a value, not \"\(argument)\".",
                    hint: "Write --input name=value.")
            }
            let name = String(argument[..<equals])
            let text = String(argument[argument.index(after: equals)...])
            guard given[name] == nil else {
                throw SignalboxError(.invalidInput, "The input \"\(name)\" is given twice.")
            }
            do {
                given[name] = try inputs.first { $0.name == name }?.value(fromText: text) ?? .string(text)
            } catch let error as SignalboxError {
                given[name] = .string(text)
                refused.append(error)
            }
        }
        try check(given, refused)
        return JSONObject(given.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
    /// Finds what is wrong with the inputs together.
    /// - Parameter refused: what was said of the texts that mean no value of their input.
    private func check(_ given: [String: JSON], _ refused: [SignalboxError]) throws {
        var diagnostics = refused.map { error in
            // A finding among others is no sentence of its own.
            let sentence = error.message.prefix(1).lowercased() + error.message.dropFirst()
            return Diagnostic(
                sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence, at: error.place ?? .pointer(""),
                hint: error.hint)
        }
        let known = Set(diagnostics.map(\.place))
        do {
            _ = try resolve(inputs: given)
        } catch let error as SignalboxError {
            if refused.isEmpty { throw error }
            diagnostics += error.diagnostics.filter { !known.contains($0.place) }
        }
        if diagnostics.count == 1, let error = refused.first { throw error }
        guard diagnostics.isEmpty else {
            throw SignalboxError(
                .invalidInput, "The inputs have \(Quantity.count(Int64(diagnostics.count), "mistake"))",
                diagnostics: diagnostics)
        }
    }
}
