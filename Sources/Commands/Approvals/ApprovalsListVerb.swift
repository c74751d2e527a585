internal import Client
internal import Core

/// `signalbox approvals list`
struct ApprovalsListVerb: Verb {
    private static let all = OptionSyntax.flag("--all", "List what was decided too")
    private static let task = OptionSyntax.value("--task", "NUMBER", "Only what this task asks")
    private static let page = OptionSyntax.value("--page", "NUMBER", "Show this page, counted from 1")
    private static let pageSize = 25

    static let syntax = VerbSyntax(
        words: ["approvals", "list"], summary: "List what waits for a person, the oldest first",
        options: [all, task, page, .json, .server, .data, .configuration],
        examples: [
            VerbExample([], "Show what is open"),
            VerbExample(["--task", "5", "--all"], "Show all that task 5 has asked"),
        ])

    let isOpenOnly: Bool
    let task: String?
    let page: Int
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        isOpenOnly = !arguments.has(Self.all)
        task = arguments[Self.task]
        page = try arguments.integer(Self.page, in: 1...1_000_000) ?? 1
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    /// All that is open, for people.
    init(place: PlaceOptions) {
        (isOpenOnly, task, page, isJSON, self.place) = (true, nil, 1, false, place)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let found = try await host.client.approvals(
                isOpenOnly: isOpenOnly, task: task, page: page, size: Self.pageSize)
            if isJSON {
                context.output.writeLine(found.json.prettyText)
                return .completed
            }
            guard !found.approvals.isEmpty else {
                context.output.writeLine(found.total == 0 ? "Nothing waits for a person." : "There is no page \(page).")
                return .completed
            }
            for line in lines(found.approvals, width: context.output.tableColumns, style: context.outputStyle) {
                context.output.writeLine(line)
            }
            let pages = (found.total + Self.pageSize - 1) / Self.pageSize
            let counts = Quantity.count(Int64(found.total), "request")
            let more = pages > 1 ? "Page \(page) of \(pages), \(counts). " : ""
            context.output.writeLine(
                context.outputStyle.faint(place.completed("\(more)`signalbox approvals show ID` says how to decide.")))
            return .completed
        }
    }

    /// The table; with what was decided when that is listed too.
    private func lines(_ approvals: [Approval], width: Int, style: Style) -> [String] {
        var table = Table(columns: [
            Table.Column(title: "ID"), Table.Column(title: "Kind"),
            Table.Column(title: "Title", isFlexible: true, least: 20),
            Table.Column(title: "Task", isFlexible: true, dispensability: 1),
            Table.Column(title: "Since", dispensability: 2), Table.Column(title: "Until", dispensability: 3),
        ])
        if !isOpenOnly { table.columns.append(Table.Column(title: "Decision")) }
        table.rows = approvals.map { approval in
            let name = approval.taskName.map { " " + DisplayText.line($0) } ?? ""
            var row = [
                approval.id, approval.kind.rawValue, DisplayText.line(approval.title),
                "\(approval.task)\(name)",
                Quantity.dayAndTime(approval.requested), approval.expires.map(Quantity.dayAndTime) ?? "-",
            ]
            if !isOpenOnly { row.append(Self.decision(approval)) }
            return row
        }
        return table.lines(width: width, style: style)
    }

    private static func decision(_ approval: Approval) -> String {
        guard let verdict = approval.verdict, let by = approval.decidedBy else { return approval.state }
        return "\(verdict) by \(DisplayText.line(by))"
    }
}
