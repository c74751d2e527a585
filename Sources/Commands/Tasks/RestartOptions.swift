internal import Client
internal import Core
internal import Plans
internal import Runtime

/// What `tasks restart` and `tasks preview` change.
struct RestartOptions: Sendable {
    private static let input = OptionSyntax.values("--input", "NAME=VALUE", "Give another value to an input")
    private static let output = OptionSyntax.values(
        "--output", "STEP=JSON", "Take this as the output of a finished step; @FILE reads it from a file")
    private static let file = OptionSyntax.values("--file", "PATH", "Give these files in place of the original's")
    private static let name = OptionSyntax.value("--name", "NAME", "Name the new task")
    private static let model = OptionSyntax.value(
        "--model", "MODEL", "Use this model for every agent: provider/model, script/FILE, or default")
    private static let tag = OptionSyntax.values("--tag", "TAG", "Put these tags on it in place of the original's")
    private static let maxDuration = OptionSyntax.value("--max-duration", "TIME", "Let it be active for that long: 90m")
    private static let plan = OptionSyntax.value(
        "--plan", "VERSION", "Run as-it-is (the latest saved version), or a plan from a file; default: as-it-was"
    ).offering(["as-it-was", "as-it-is"])
    private static let everything = OptionSyntax.flag("--all", "Take nothing over")
    static let from = OptionSyntax.value(
        "--from", "STEP", "Run again from this step on: read, each/3/read, each/3, summary@2")

    static let syntax = [
        input, output, file, name, model, tag, maxDuration, plan, from, everything,
    ]

    private let inputs: [String]
    private let outputs: [String]
    private let files: [String]
    private let name: String?
    private let model: String?
    private let tags: [String]
    private let maxDuration: String?
    private let plan: String
    private let from: String?
    private let isEverything: Bool

    init(_ arguments: ParsedArguments) throws {
        inputs = arguments.all(Self.input)
        outputs = arguments.all(Self.output)
        files = arguments.all(Self.file)
        name = arguments[Self.name]
        model = arguments[Self.model]
        tags = arguments.all(Self.tag)
        maxDuration = arguments[Self.maxDuration]
        plan = arguments[Self.plan] ?? "as-it-was"
        from = arguments[Self.from]
        isEverything = arguments.has(Self.everything)
    }

    /// The request, with files uploaded and texts read as the inputs of the plan want them.
    func request(
        for task: TaskSummary, _ client: SignalboxClient, _ context: CommandContext
    ) async throws -> TaskAgain {
        let (document, paths, given) = try await onOwnThread("arguments") {
            (try self.document(), try FileArguments.paths(files), try self.recordedOutputs())
        }
        var again = TaskAgain()
        if let source = document?.source {
            again.plan = .document(path: source.path, text: source.text, files: source.files)
        } else {
            again.plan = plan == "as-it-is" ? .asItIs : .asItWas
        }
        again.from = from
        again.isEverything = isEverything
        again.name = name
        again.outputs = given
        if !inputs.isEmpty {
            let running = if let document { document } else { try await self.plan(of: task, client) }
            again.inputs = try values(for: running)
        }
        if !files.isEmpty { again.files = try await FileArguments.upload(paths, to: client, context) }
        again.model = model
        if let maxDuration { again.limits["duration"] = .string(maxDuration) }
        if !tags.isEmpty { again.tags = tags }
        again.trigger = "cli"
        return again
    }

    /// The plan that was brought along. It blocks.
    private func document() throws -> Plan? {
        if ["as-it-was", "as-it-is"].contains(plan) { return nil }
        guard case .file(let document) = try PlanArgument.read(plan, model: model) else {
            throw SignalboxError(
                .notFound, "There is no file \(plan).",
                hint: "--plan takes as-it-was, as-it-is, or a file such as ./plan.yaml.")
        }
        return document
    }

    private func plan(of task: TaskSummary, _ client: SignalboxClient) async throws -> Plan {
        let saved =
            plan == "as-it-is"
            ? try await client.plan(named: task.planName, version: "current")
            : try await client.plan(named: task.planName, version: task.planHash)
        return try PlanReader.read(PlanSource(path: saved.path, text: saved.text, files: saved.files))
    }

    private func values(for plan: Plan) throws -> JSONObject {
        var values = JSONObject()
        for argument in inputs {
            let (name, text) = try Self.parts(argument, option: "--input", hint: "Write --input name=value.")
            values[name] = try plan.inputs.first { $0.name == name }?.value(fromText: text) ?? .string(text)
        }
        return values
    }

    /// It blocks.
    private func recordedOutputs() throws -> JSONObject {
        var values = JSONObject()
        for argument in outputs {
            let (step, text) = try Self.parts(
                argument, option: "--output", hint: "Write --output step=JSON, or --output step=@file.json.")
            let json =
                text.hasPrefix("@")
                ? String(
                    decoding: try FileSystem.read(String(text.dropFirst()), maximum: Limits.outputBytesMaximum),
                    as: UTF8.self) : text
            do {
                values[step] = try JSON(parsing: json)
            } catch let error as SignalboxError {
                throw SignalboxError(
                    .invalidInput, "The output for \"\(step)\" is no JSON: \(error.message)",
                    hint: "A text stands in quotes: --output '\(step)=\"text\"'.", cause: error)
            }
        }
        return values
    }

    private static func parts(
        _ argument: String, option: String, hint: String
    ) throws -> (name: String, text: String) {
        guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
            throw SignalboxError(.invalidInput, "\(option) needs a name and a value, not \"\(argument)\".", hint: hint)
        }
        return (String(argument[..<equals]), String(argument[argument.index(after: equals)...]))
    }
}
