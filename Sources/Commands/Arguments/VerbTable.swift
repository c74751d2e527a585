internal import Core
internal import Plans

/// All verbs, and which of them some arguments call.
enum VerbTable: Sendable {
    static let verbs: [any Verb.Type] = [
        ServeVerb.self, RunVerb.self, TasksListVerb.self, TasksShowVerb.self, TasksStepsVerb.self, TasksTraceVerb.self,
        TasksWatchVerb.self, TasksCancelVerb.self, TasksKillVerb.self, TasksRetryVerb.self, TasksRerunVerb.self,
        TasksRestartVerb.self, TasksPreviewVerb.self, TasksCompareVerb.self, TasksExportVerb.self,
        TasksRenameVerb.self, TasksTagVerb.self, TasksDeleteVerb.self,
        ViewsListVerb.self, ViewsSaveVerb.self, ViewsDeleteVerb.self,
        ApprovalsVerb.self, ApprovalsListVerb.self, ApprovalsShowVerb.self, ApprovalsApproveVerb.self,
        ApprovalsRejectVerb.self,
        ApprovalsAnswerVerb.self, ApprovalsRaiseVerb.self, SignalVerb.self, PlansListVerb.self,
        PlansValidateVerb.self, PlansShowVerb.self, PlansDiffVerb.self, PlansSaveVerb.self, PlansVersionsVerb.self,
        PlansPublishVerb.self, PlansArchiveVerb.self, AppsListVerb.self, AppsShowVerb.self, AppsPublishVerb.self,
        AppsRunVerb.self, AppsArchiveVerb.self, AgentsListVerb.self, AgentsShowVerb.self, AgentsVersionsVerb.self,
        AgentsSaveVerb.self, AgentsValidateVerb.self, AgentsDiffVerb.self, AgentsArchiveVerb.self,
        AgentsMemoryVerb.self, FilesGetVerb.self, StatsVerb.self, VerifyVerb.self, BackupVerb.self,
        RestoreVerb.self, PricesListVerb.self, PricesShowVerb.self,
        PricesImportVerb.self, PricesRepriceVerb.self, UsageVerb.self,
        SecretsSetVerb.self, SecretsListVerb.self, SecretsRemoveVerb.self, SettingsListVerb.self, SettingsSetVerb.self,
        ProvidersListVerb.self, ProvidersTestVerb.self,
        DoctorVerb.self, BenchEngineVerb.self, BenchAgentsVerb.self, BenchMemoryVerb.self, BenchWaitingVerb.self,
        BenchListVerb.self, BenchLiveVerb.self,
        SelftestVerb.self,
        FakeModelVerb.self, CompletionVerb.self, ManVerb.self, HelpVerb.self, VersionVerb.self,
    ]

    /// How all of them are called.
    static var syntaxes: [VerbSyntax] { verbs.map { $0.syntax } }

    /// What the arguments ask for.
    enum Call: Sendable {
        case verb(any Verb)
        case help(VerbSyntax)
        /// The list of verbs, or of those that begin with a word.
        case overview([VerbSyntax])
    }

    /// Reads the arguments of the program, without its own name.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    static func call(_ arguments: [String]) throws -> Call {
        guard let first = arguments.first, !["-h", Help.option].contains(first) else {
            return .overview(syntaxes)
        }
        if first == "--version" { return .verb(try VersionVerb(ParsedArguments([], for: VersionVerb.syntax))) }
        guard let verb = verb(arguments) else {
            let group = syntaxes.filter { $0.words[0] == first }
            if group.isEmpty || arguments.count > 1 && !["-h", Help.option].contains(arguments[1]) {
                throw unknown(arguments, group: group)
            }
            return .overview(group)
        }
        let rest = arguments.dropFirst(verb.syntax.words.count)
        // Behind `--` stand operands only.
        if rest.prefix(while: { $0 != "--" }).contains(where: { ["-h", Help.option].contains($0) }) {
            return .help(verb.syntax)
        }
        return .verb(try verb.init(try ParsedArguments(rest, for: verb.syntax)))
    }

    /// The verb whose words the arguments begin with. One whose word others begin with too takes no operand: what stands
    /// behind it would be one of the others.
    static func verb(_ arguments: [String]) -> (any Verb.Type)? {
        let fitting = verbs.filter { arguments.starts(with: $0.syntax.words) }
        guard let verb = fitting.max(by: { $0.syntax.words.count < $1.syntax.words.count }) else { return nil }
        let next = arguments.dropFirst(verb.syntax.words.count).first
        let isGroup = verbs.contains { $0.syntax.words.count > 1 && $0.syntax.words[0] == verb.syntax.words[0] }
        if verb.syntax.words.count == 1, isGroup, let next, !next.hasPrefix("-") { return nil }
        return verb
    }

    /// The error for words that are no verb.
    static func unknown(_ arguments: [String], group: [VerbSyntax]) -> SignalboxError {
        let words = arguments.prefix(group.isEmpty ? 1 : 2).joined(separator: " ")
        // Whoever misspells the first of two words gets both: `task list` is `tasks list`.
        let both = arguments.prefix(2).joined(separator: " ")
        if group.isEmpty, both != words,
            let near = Suggestion.nearest(to: both, in: syntaxes.filter { $0.words.count == 2 }.map(\.name))
        {
            return SignalboxError(.invalidInput, "There is no verb \"\(both)\".", hint: "did you mean \"\(near)\"?")
        }
        let known = group.isEmpty ? Array(Set(verbs.map { $0.syntax.words[0] })).sorted() : group.map(\.name)
        return SignalboxError(
            .invalidInput, "There is no verb \"\(words)\".",
            hint: Suggestion.hint(for: words, among: known, called: group.isEmpty ? "verbs" : "there are"))
    }
}
