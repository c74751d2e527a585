internal import Client
internal import Core

/// `signalbox tasks steps NUMBER`
struct TasksStepsVerb: Verb {
    private static let container = OptionSyntax.value(
        "--in", "PATH", "What stands in this loop, branch, iteration or path (default: the steps at the root)")
    private static let status = OptionSyntax.value("--status", "STATUS", "Only those that have failed: failed")
        .offering(["failed"])
    private static let after = OptionSyntax.value("--after", "PATH", "Show the page behind this step")
    private static let size = OptionSyntax.value("--size", "NUMBER", "So many steps a page, at most 100 (default: 25)")

    static let syntax = VerbSyntax(
        words: ["tasks", "steps"], summary: "List the steps of a task, also those of a long loop",
        operands: .one("NUMBER"),
        options: [container, status, after, size, .json, .server, .data, .configuration],
        notes: [
            "Each page has what stands directly in one place, in order: the steps of the plan, or of a loop the iterations that\n"
                + "have begun. `signalbox tasks show` has the whole tree, but of a long loop only the first and the latest 50."
        ],
        examples: [
            VerbExample(["6"], "Show the steps of task 6"),
            VerbExample(["6", "--in", "shorten"], "Show the iterations of a loop"),
            VerbExample(["6", "--in", "shorten", "--status", "failed"], "Show those that have failed"),
            VerbExample(["6", "--in", "shorten/0"], "Show the steps of one iteration"),
            VerbExample(["6", "--in", "shorten", "--after", "shorten/0", "--json"], "Print the page behind one"),
        ])

    let reference: String
    let container: String?
    let isFailedOnly: Bool
    let after: String?
    let size: Int
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        reference = arguments.operands[0]
        container = arguments[Self.container]
        guard ["failed", nil].contains(arguments[Self.status]) else {
            throw UsageError.error("--status can be failed.", Self.syntax)
        }
        isFailedOnly = arguments.has(Self.status)
        after = arguments[Self.after]
        size = try arguments.integer(Self.size, in: 1...100) ?? 25
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let page = try await host.client.steps(
                reference, in: container, after: after, isFailedOnly: isFailedOnly, size: size)
            if isJSON {
                context.output.writeLine(page.json.prettyText)
                return .completed
            }
            guard !page.steps.isEmpty else {
                context.output.writeLine(nothing(page))
                return .completed
            }
            for line in Self.lines(page.steps, width: context.output.tableColumns, style: context.outputStyle) {
                context.output.writeLine(line)
            }
            if let next = page.next { context.output.writeLine(context.outputStyle.faint(more(page, behind: next))) }
            return .completed
        }
    }

    private func nothing(_ page: StepPage) -> String {
        if page.total > 0 { return "Nothing stands behind \(DisplayText.line(after ?? ""))." }
        if isFailedOnly { return "None has failed." }
        return container == nil ? "The plan has no steps." : "Nothing has begun there yet."
    }

    /// How many there are, and the command that shows the next of them.
    private func more(_ page: StepPage, behind next: String) -> String {
        var words = ["signalbox", "tasks", "steps", reference]
        if let container { words += ["--in", container] }
        if isFailedOnly { words += ["--status", "failed"] }
        words += ["--after", next]
        if size != 25 { words += ["--size", "\(size)"] }
        let command = words.map(ShellWord.quoted).joined(separator: " ") + place.arguments
        return "\(page.steps.count) of \(Quantity.grouped(Int64(page.total))). The next: \(command)"
    }

    /// The table.
    static func lines(_ steps: [StepSummary], width: Int, style: Style) -> [String] {
        var table = Table(columns: [
            Table.Column(title: "Step"), Table.Column(title: "Kind"), Table.Column(title: "Status"),
            Table.Column(title: "Duration", alignsRight: true), Table.Column(title: "Tokens", alignsRight: true),
            Table.Column(title: "Cost", alignsRight: true), Table.Column(title: "Result", isFlexible: true),
        ])
        table.rows = steps.map { step in
            [
                DisplayText.line(step.path), step.kind, step.status.rawValue,
                step.durationMilliseconds.map(Quantity.duration) ?? "-",
                step.usage.total == 0 ? "-" : Quantity.grouped(step.usage.total),
                step.modelCalls == 0 ? "-" : CostText.column(step.cost, known: step.knownCost),
                result(of: step),
            ]
        }
        return table.lines(width: width, style: style)
    }

    /// What came of it; of what another task has done, that first.
    private static func result(of step: StepSummary) -> String {
        let text = DisplayText.line(step.failure ?? step.waiting?.sentence ?? step.preview ?? "")
        guard step.isReused else { return text }
        return text.isEmpty ? "reused" : "reused: \(text)"
    }
}
