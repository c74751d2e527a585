internal import Client
internal import Core

/// `signalbox signal NAME`
struct SignalVerb: Verb {
    private static let key = OptionSyntax.value("--key", "KEY", "Which of those that wait for a signal of this name")
    private static let payload = OptionSyntax.value("--payload", "JSON|@FILE", "What comes with it (default: null)")

    static let syntax = VerbSyntax(
        words: ["signal"], summary: "Tell tasks of something that has happened outside", operands: .one("NAME"),
        options: [key, payload, .json, .server, .data, .configuration],
        notes: [
            "The step that has waited for it longest gets it; if none waits yet, it is kept for the first that does."
        ],
        examples: [
            VerbExample(
                ["delivered", "--key", "JD0042", "--payload", "{\"signed_by\": \"Mrs Okafor\"}"],
                "Tell the task that waits for this parcel")
        ])

    let name: String
    let key: String?
    let payload: String?
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        name = arguments.operands[0]
        key = arguments[Self.key]
        payload = arguments[Self.payload]
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let payload = try await onOwnThread("payload") { () -> JSON? in
            try self.payload.map { try JSONArgument.value($0, of: "--payload") }
        }
        return try await place.open(context, for: .looking).use(context) { host in
            let receipt = try await host.client.signal(name, key: key, payload: payload)
            if isJSON {
                context.output.writeLine(receipt.json.prettyText)
            } else if let (task, step) = receipt.receiver {
                let goesOn = host.goesOn(task)
                context.output.writeLine("Delivered to step \(DisplayText.line(step)) of task \(task); it \(goesOn)")
            } else {
                context.output.writeLine("Kept: no step waits for it yet.")
            }
            return .completed
        }
    }
}
