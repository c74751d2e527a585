internal import Client
internal import Core
internal import Plans

/// `signalbox apps publish PLAN`
struct AppsPublishVerb: Verb {
    private static let name = OptionSyntax.value("--name", "NAME", "Name the app, when not after its plan")
    private static let version = OptionSyntax.value(
        "--version", "VERSION", "Take this version: latest, published, or the first digits of its hash")
    private static let description = OptionSyntax.value(
        "--description", "TEXT", "Say what it does, when not as its plan does")
    private static let parameters = OptionSyntax.value(
        "--parameters", "FILE", "Take the parameters from a list in YAML or JSON")

    static let syntax = VerbSyntax(
        words: ["apps", "publish"], summary: "Publish a saved plan as an app", operands: .one("PLAN"),
        options: [name, version, description, parameters, .json, .server, .data, .configuration],
        notes: [
            "The app keeps the version of the plan that runs now, whatever is saved later; publish it again to renew it.",
            "Without --parameters there is one for each input of the plan. docs/apps.md tells what a parameter may say.",
        ],
        examples: [
            VerbExample(["hello"], "Publish it under its own name, with its inputs as parameters"),
            VerbExample(
                ["hello", "--name", "greeting", "--description", "Greets somebody"], "Give the app a name of its own"),
        ])

    let plan: String
    let name: String?
    let version: String?
    let description: String?
    let parameters: String?
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        plan = arguments.operands[0]
        name = arguments[Self.name]
        version = arguments[Self.version]
        description = arguments[Self.description]
        parameters = arguments[Self.parameters]
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        var publication: JSONObject = ["name": .string(name ?? plan), "plan": .string(plan)]
        publication["version"] = version.map(JSON.string)
        publication["description"] = description.map(JSON.string)
        if let parameters {
            publication["parameters"] = try await onOwnThread("parameters") { try Self.list(in: parameters) }
        }
        let request = publication
        return try await place.open(context, for: .looking).use(context) { host in
            let (app, isNew) = try await host.client.publishApp(request)
            let what = isNew ? "Published" : "It was published like this already:"
            context.output.writeLine(
                isJSON
                    ? app.json.prettyText
                    : DisplayText.line(
                        "\(what) \(app.name), the plan \(app.planName) in version \(app.planHash.prefix(8)), with "
                            + "\(Quantity.count(Int64(app.parameters.count), "parameter"))."))
            return .completed
        }
    }

    /// It blocks.
    private static func list(in path: String) throws -> JSON {
        let bytes = try FileSystem.read(path, maximum: Limits.planBytesMaximum)
        let source = PlanSource(path: path, text: String(decoding: bytes, as: UTF8.self))
        guard let list = source.document, list.arrayValue != nil else {
            throw SignalboxError(
                .invalidInput, "\(path) is no list of parameters in YAML or JSON.",
                hint: "Write `- name: who` for each.")
        }
        return list
    }
}
