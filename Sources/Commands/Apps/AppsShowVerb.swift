internal import Client
internal import Core

/// `signalbox apps show NAME`
struct AppsShowVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["apps", "show"], summary: "Show an app with its parameters", operands: .one("NAME"),
        options: [.json, .server, .data, .configuration],
        examples: [VerbExample(["greeting"], "Show what it takes")])

    let name: String
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        name = arguments.operands[0]
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let app = try await host.client.app(name)
            guard !isJSON else {
                context.output.writeLine(app.json.prettyText)
                return .completed
            }
            var title = "\(app.name): the plan \(app.planName) in version \(app.planHash.prefix(8))"
            if app.archived != nil { title += ", archived" }
            context.output.writeLine(DisplayText.line(title))
            if let description = app.description { context.output.writeLine(DisplayText.line(description)) }
            guard !app.parameters.isEmpty else {
                context.output.writeLine("It has no parameters.")
                return .completed
            }
            var table = Table(columns: [
                Table.Column(title: "Parameter"), Table.Column(title: "Type"), Table.Column(title: "Required"),
                Table.Column(title: "Default", isFlexible: true), Table.Column(title: "Description", isFlexible: true),
            ])
            table.rows = app.parameters.map(Self.row)
            context.output.writeLine("")
            context.write(table)
            return .completed
        }
    }

    private static func row(_ parameter: JSON) -> [String] {
        func text(_ name: String) -> String {
            parameter[name].map { DisplayText.line($0.stringValue ?? $0.text) } ?? ""
        }
        let choices = parameter["choices"]?.arrayValue?.map { $0.stringValue ?? $0.text } ?? []
        let offered = choices.isEmpty ? [] : ["one of \(choices.joined(separator: ", "))"]
        let about = ([text("description")] + offered).filter { !$0.isEmpty }.joined(separator: "; ")
        return [
            text("name"), text("type"), parameter["required"] == true ? "yes" : "", text("default"),
            DisplayText.line(about),
        ]
    }
}
