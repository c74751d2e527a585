internal import Client
internal import Core

/// Which tasks a verb is for: one, several numbers, or all that a filter finds. Of many it is asked first, and done only
/// while they are the same that were told.
struct BulkOptions: Sendable {
    static let filter = OptionSyntax.values(
        "--filter", "NAME=VALUE", "All tasks that this finds, as in `tasks list`; all filters together"
    ).offering(filterNames.map { $0 + "=" })
    static let dryRun = OptionSyntax.flag("--dry-run", "Say which tasks are meant, and do nothing")
    static let yes = OptionSyntax.flag("--yes", "Do not ask")

    static let syntax = [filter, dryRun, yes]
    static let note =
        "Filters have the names of the API: status=failed, plan=hello, tag=trial, from=2026-11-01, search=invoice …"

    static let filterNames = [
        "status", "group", "waiting", "cause", "trigger", "model", "plan", "tag", "from", "to", "zone", "search",
    ]

    let references: [String]
    let filters: JSONObject
    let isDryRun: Bool
    let isAsking: Bool

    init(_ arguments: ParsedArguments, _ syntax: VerbSyntax) throws {
        references = arguments.operands
        filters = try Self.filters(arguments)
        isDryRun = arguments.has(Self.dryRun)
        isAsking = !arguments.has(Self.yes)
        guard references.isEmpty != filters.isEmpty else {
            throw UsageError.error("Either numbers or a filter say which tasks are meant.", syntax)
        }
    }

    /// The task, if it is just one that something is to be done to.
    var single: String? { references.count == 1 && !isDryRun ? references[0] : nil }

    /// The filters as the API takes them.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    static func filters(_ arguments: ParsedArguments) throws -> JSONObject {
        var filters = JSONObject()
        for argument in arguments.all(filter) {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, filterNames.contains(parts[0]) else {
                throw SignalboxError(
                    .invalidInput, "--filter needs a name and a value, not \"\(argument.prefix(80))\".",
                    hint: parts.count == 2
                        ? Suggestion.hint(for: parts[0], among: filterNames, called: "the names are")
                        : "Write --filter status=failed, --filter from=2026-11-01 or --filter tag=trial.")
            }
            guard filters[parts[0]] == nil else {
                throw SignalboxError(.invalidInput, "--filter \(parts[0]) is given twice.")
            }
            filters[parts[0]] = .string(parts[1])
        }
        return filters
    }

    /// Does it to many tasks.
    /// - Parameters:
    ///   - action: as the API calls it.
    ///   - verb: as a question begins: `Cancel`.
    ///   - more: what else the request says.
    func run(
        _ action: String, called verb: String, with more: JSONObject = [:], on host: TaskHost,
        _ context: CommandContext,
        isJSON: Bool
    ) async throws -> ExitCode {
        var request: JSONObject = ["action": .string(action)]
        if filters.isEmpty {
            request["tasks"] = .array(references.map(JSON.string))
        } else {
            request["filter"] = .object(filters)
        }
        for member in more { request[member.name] = member.value }
        let report = BulkReport(context: context)
        var look = request
        look["dry_run"] = true
        let seen = try await host.client.bulk(look)
        guard !isDryRun else { return report.write(seen, isJSON: isJSON) }
        let count = seen["count"]?.intValue ?? 0
        guard count > 0 else {
            return report.write(["results": []], isJSON: isJSON)
        }
        guard try await isWanted("\(verb) \(Quantity.count(count, "task"))", context) else {
            context.errors.writeLine("Nothing was done.")
            return .cancelled
        }
        request["expected"] = seen["selection"]
        let body = request
        let answer = try await ProgressBar.during("\(verb) \(Quantity.count(count, "task"))", context) {
            try await host.client.bulk(body)
        }
        return report.write(answer, isJSON: isJSON)
    }

    /// Asks; where nobody can answer, `--yes` must be given.
    private func isWanted(_ what: String, _ context: CommandContext) async throws -> Bool {
        guard isAsking else { return true }
        guard context.errors.isTerminal, Question.canBeAsked else {
            throw SignalboxError(
                .invalidInput, "\(what)? Nobody can be asked here.",
                hint: "Say --yes if it is to be done, or --dry-run to see which they are.")
        }
        context.errors.write("\(what)? [y/n] ")
        return try await Question.answer()?.lowercased().hasPrefix("y") ?? false
    }
}
