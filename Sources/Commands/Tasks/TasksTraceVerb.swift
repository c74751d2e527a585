internal import Client
internal import Core

/// `signalbox tasks trace NUMBER [STEP]`
struct TasksTraceVerb: Verb {
    private static let run = OptionSyntax.value("--run", "N", "Which run of the step (default: the latest)")
    private static let turn = OptionSyntax.value("--turn", "N", "Only this turn, with its whole request")

    static let syntax = VerbSyntax(
        words: ["tasks", "trace"], summary: "Show what an agent asked, did and was charged, turn by turn",
        operands: .words("NUMBER"), options: [run, turn, .json, .server, .data, .configuration],
        notes: [
            "A second operand names the step, such as each/3/write. Without one, and without --run, --turn and --json, all that\n"
                + "have asked a model are shown one after the other."
        ],
        examples: [
            VerbExample(["7"], "Show all steps of task 7 that have asked a model"),
            VerbExample(["7", "paint"], "Show the turns of one step"),
            VerbExample(["7", "paint", "--turn", "1"], "Show one turn with its whole request"),
        ])

    let reference: String
    let step: String?
    let run: Int?
    let turn: Int?
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        guard let reference = arguments.operands.first, arguments.operands.count <= 2 else {
            throw UsageError.error("Name a task, and at most one of its steps.", Self.syntax)
        }
        self.reference = reference
        step = arguments.operands.dropFirst().first
        run = try Self.number(arguments[Self.run], "--run")
        turn = try Self.number(arguments[Self.turn], "--turn")
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    private static func number(_ text: String?, _ option: String) throws -> Int? {
        guard let text else { return nil }
        guard let number = Int(text), number > 0 else {
            throw UsageError.error("\(option) takes a number from 1 on.", syntax)
        }
        return number
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            if isJSON {
                let trace = try await host.client.trace(reference, step: step, run: run, turn: turn)
                context.output.writeLine(trace.prettyText)
                return .completed
            }
            let text = TraceText(
                style: context.outputStyle, width: context.output.tableColumns, showsRequests: turn != nil)
            let (steps, areAll) = try await steps(host.client)
            for (place, step) in steps.enumerated() {
                if place > 0 { context.output.writeLine("") }
                let trace = try await host.client.trace(reference, step: step, run: run, turn: turn)
                for line in text.lines(trace) { context.output.writeLine(line) }
            }
            if !areAll {
                context.errors.writeLine("Iterations in the middle of long loops are left out: name a step to see one.")
            }
            return .completed
        }
    }

    /// What is shown: the step that is named, else all that have asked a model; nil for the only one.
    private func steps(_ client: SignalboxClient) async throws -> (paths: [String?], areAll: Bool) {
        guard step == nil, run == nil, turn == nil else { return ([step], true) }
        let (paths, areAll) = try await client.tracedSteps(reference)
        return (paths.count > 1 ? paths : [nil], areAll)
    }
}
