internal import Client
internal import Core
internal import Engine
internal import Store

/// Which tasks a list shows, and in which order: the same names as in the API, which checks them.
struct ListOptions: Sendable {
    private static let pageSize = 25
    private static let status = OptionSyntax.value(
        "--status", "STATUS", "Only tasks with this status, or these with commas between them"
    ).offering(Engine.TaskStatus.allCases.map(\.rawValue))
    private static let group = OptionSyntax.value(
        "--group", "GROUP", "Only tasks of this group, such as approval_required"
    ).offering(TaskGroup.allCases.map(\.rawValue))
    private static let plan = OptionSyntax.value("--plan", "NAME", "Only tasks of this plan or app")
    private static let tag = OptionSyntax.value("--tag", "TAG", "Only tasks with this tag")
    private static let model = OptionSyntax.value(
        "--model", "MODEL", "Only tasks that used this model or provider, or the default model: default")
    private static let waiting = OptionSyntax.value(
        "--waiting", "REASON", "Only tasks that wait for this: approval, timer, dependency …")
    private static let zone = OptionSyntax.value(
        "--zone", "ZONE", "Where the days are, such as Europe/Berlin (default: UTC)")
    private static let view = OptionSyntax.value(
        "--view", "NAME", "What `signalbox views save` has kept; further options go before it")
    private static let trigger = OptionSyntax.value(
        "--trigger", "TRIGGER", "Only tasks that this asked for: cli, api …"
    ).offering(TaskTrigger.allCases.map(\.rawValue))
    private static let cause = OptionSyntax.value(
        "--cause", "CAUSE", "Only tasks that failed by this cause"
    ).offering(FailureCause.allCases.map(\.rawValue))
    private static let since = OptionSyntax.value(
        "--since", "TIME", "Only tasks created on this day (UTC), then or later")
    private static let until = OptionSyntax.value(
        "--until", "TIME", "Only tasks created on this day (UTC), then or before")
    private static let search = OptionSyntax.value(
        "--search", "TEXT", "Only tasks with this text in their name or prompt, or of this number")
    private static let sort = OptionSyntax.value(
        "--sort", "ORDER",
        "created, name, duration, tokens or cost; the highest first with - before it (default: -created)"
    ).offering(["created", "name", "duration", "tokens", "cost"].flatMap { [$0, "-\($0)"] })
    private static let page = OptionSyntax.value("--page", "NUMBER", "Show this page, counted from 1")
    private static let size = OptionSyntax.value("--size", "NUMBER", "So many tasks a page, at most 100 (default: 25)")

    /// Filters and order.
    static let filterSyntax = [
        status, group, waiting, plan, tag, model, trigger, cause, since, until, zone, search, sort,
    ]
    /// Filters without an order, for what only counts.
    static let countingSyntax = filterSyntax.filter { $0.name != sort.name }
    static let syntax = filterSyntax + [view, page, size]

    let page: Int
    let size: Int
    /// Whether only some tasks are meant.
    let isFiltered: Bool
    /// Filters and order, by the names of the API.
    let given: [(name: String, value: String)]
    private let view: String?

    init(_ arguments: ParsedArguments) throws {
        page = try arguments.integer(Self.page, in: 1...1_000_000) ?? 1
        size = try arguments.integer(Self.size, in: 1...100) ?? Self.pageSize
        let options = [
            ("status", Self.status), ("group", Self.group), ("waiting", Self.waiting), ("plan", Self.plan),
            ("tag", Self.tag), ("model", Self.model), ("trigger", Self.trigger), ("cause", Self.cause),
            ("from", Self.since), ("to", Self.until), ("zone", Self.zone), ("search", Self.search),
            ("sort", Self.sort),
        ]
        given = options.compactMap { name, option in arguments[option].map { (name, $0) } }
        view = arguments[Self.view]
        isFiltered = view != nil || given.contains { $0.name != "sort" }
    }

    func tasks(of client: SignalboxClient) async throws -> TaskPage {
        guard let view else { return try await client.tasks(page: page, size: size, filters: given) }
        let kept = try await client.view(named: view).parameters
        let rest = kept.filter { kept in !given.contains { $0.name == kept.name } }
        return try await client.tasks(page: page, size: size, filters: rest + given)
    }
}
