internal import API
internal import Core
internal import Runtime
internal import Store

/// Asks for what the list page shows, with the same queries as the API.
struct TaskListLoader: Sendable {
    let runtime: Runtime
    let address: TaskListAddress
    var now = Timestamp.now

    /// The whole page with its filters and named lists.
    /// - Throws: `SignalboxError`, with code `invalid_input` for an address that cannot be understood.
    func page() async throws -> TaskListView {
        var view = try await fragment()
        view.choices = try await choices()
        view.named = try await named()
        if case .table(let rows) = view.content, isHeldStill {
            view.held = rows.map(\.number)
            view.newest = try await runtime.tasks(TaskQuery(size: 1, now: now)).tasks.first?.number
        }
        return view
    }

    /// What changes by itself.
    /// - Parameters:
    ///   - held: the rows that the table shows whatever happens; nil for those that fit.
    ///   - newest: later tasks are told of by number, where rows are held.
    func fragment(held: [TaskNumber]? = nil, newest: TaskNumber? = nil) async throws -> TaskListView {
        let query = try TaskQuery(texts: address.texts, now: now)
        var view =
            switch address.layout {
            case .groups: try await groups(query)
            case .table:
                if let held { try await table(query, held, newest) } else { try await table(query) }
            }
        view.approvals = try await runtime.openRequestCount()
        if view.counts == nil { view.counts = try await counts(query, isQuick: view.isTotalExact) }
        if view.total == 0, address.isFiltered {
            view.all = try await runtime.tasks(TaskQuery(size: 1, now: now)).total
            view.relaxations = try await relaxations()
        }
        return view
    }

    /// Where nothing is to move under the pointer: anywhere but on the first page of the default order.
    private var isHeldStill: Bool {
        address.layout == .table && (address.sort != nil || address.page > 1 || address.texts["cursor"] != nil)
    }

    private func table(_ query: TaskQuery) async throws -> TaskListView {
        let listing = try await runtime.tasks(query)
        var view = view(.table(listing.tasks.map { TaskRowView($0) }), listing)
        if !listing.isTotalExact { view.next = listing.next?.text }
        return view
    }

    /// The same rows as before with what has become of them.
    private func table(_ query: TaskQuery, _ held: [TaskNumber], _ newest: TaskNumber?) async throws -> TaskListView {
        var first = TaskQuery(query.filter, size: Limits.pageSizeMaximum, now: now)
        first.sort = .newestFirst
        let listing = try await runtime.tasks(first)
        var rows: [TaskRowView] = []
        for number in held {
            // What was deleted is gone.
            if let task = try await runtime.store.task(number) { rows.append(TaskRowView(task)) }
        }
        var view = view(.table(rows), listing)
        if let newest { view.newer = listing.tasks.count { $0.number > newest } }
        if !listing.isTotalExact { view.next = try await runtime.tasks(query).next?.text }
        return view
    }

    private func groups(_ query: TaskQuery) async throws -> TaskListView {
        var (groups, counts): ([TaskGroupView], [TaskGroup: Int]) = ([], [:])
        var view = view(
            .groups([]), TaskListing(tasks: [], total: 0, position: try await runtime.store.newestPosition()))
        for group in TaskGroup.allCases {
            let page = address.groupPages[group] ?? 1
            var part = query
            part.filter.groups = [group]
            (part.page, part.size) = (page, TaskListAddress.groupSize)
            let listing = try await runtime.tasks(part)
            counts[group] = listing.total
            guard listing.total > 0, query.filter.groups.isEmpty || query.filter.groups.contains(group) else {
                continue
            }
            var cards: [TaskCardView] = []
            for task in listing.tasks { cards.append(try await card(task)) }
            groups.append(
                TaskGroupView(
                    group: group, cards: cards, total: listing.total, isTotalExact: listing.isTotalExact, page: page))
            view.total += listing.total
            view.isTotalExact = view.isTotalExact && listing.isTotalExact
        }
        view.content = .groups(groups)
        view.counts = counts
        return view
    }

    /// How many tasks of each group fit all else. The counts leave a text aside, so with one each group is searched; nil
    /// where that would take long.
    private func counts(_ query: TaskQuery, isQuick: Bool) async throws -> [TaskGroup: Int]? {
        var counts: [TaskGroup: Int] = [:]
        guard query.filter.text != nil else {
            for (group, count) in try await runtime.groupCounts(query.filter) { counts[group] = count }
            return counts
        }
        guard isQuick else { return nil }
        var part = query
        (part.page, part.size, part.cursor) = (1, 1, nil)
        for group in TaskGroup.allCases {
            part.filter.groups = [group]
            let listing = try await runtime.tasks(part)
            guard listing.isTotalExact else { return nil }
            counts[group] = listing.total
        }
        return counts
    }

    private func card(_ task: TaskRow) async throws -> TaskCardView {
        var card = TaskCardView(row: TaskRowView(task))
        guard address.opened.contains(task.number) else { return card }
        let page = try await runtime.steps(of: task, in: nil, after: nil, isFailedOnly: false, size: 25)
        card.steps = page.steps.map { StepLineView($0) }
        card.hiddenSteps = max(0, page.total - page.steps.count)
        return card
    }

    private func view(_ content: TaskListView.Content, _ listing: TaskListing) -> TaskListView {
        var view = TaskListView(address, content, total: listing.total, position: listing.position, now: now)
        view.isTotalExact = listing.isTotalExact
        return view
    }
}

extension TaskListLoader {
    /// The filters whose values are counted, as people read them.
    static let counted: [(name: String, facet: TaskFacet)] = [
        ("status", .status), ("waiting", .waitingReason), ("cause", .cause), ("trigger", .trigger), ("plan", .plan),
        ("model", .model), ("tag", .tag),
    ]

    /// The values that tasks have, each with how many fit the other filters.
    private func choices() async throws -> [FilterChoiceView] {
        var choices: [FilterChoiceView] = []
        for (name, facet) in Self.counted {
            var texts = address.texts
            texts[name] = nil
            let filter = try TaskFilter(texts: texts)
            var found = try await runtime.taskCounts(facet, filter).map { ($0.value.text, $0.count) }
            if name == "model" {
                let standard = try await runtime.taskCounts(.defaultModel, filter).first?.count ?? 0
                if standard > 0 { found.append((TaskFilter.defaultModel, standard)) }
            }
            // The counts leave a text that is searched for aside, so that they would say too much.
            var values = found.map { (value: $0.0, count: filter.text == nil ? Optional($0.1) : nil) }
            if let chosen = address.texts[name], !values.contains(where: { $0.value == chosen }) {
                values.insert((chosen, nil), at: 0)
            }
            choices.append(FilterChoiceView(name: name, values: values))
        }
        return choices
    }

    private func named() async throws -> [NamedView] {
        try await runtime.store.views().map { view in
            var address = TaskListAddress(view.filters, layout: self.address.layout)
            address.texts["sort"] = view.sort
            address.isStartedShown = self.address.isStartedShown
            return NamedView(name: view.name, address: address)
        }
    }

    /// What would fit without each of the filters.
    private func relaxations() async throws -> [(name: String, count: Int)] {
        var found: [(name: String, count: Int)] = []
        for (name, _) in address.filters where name != "zone" {
            var texts = address.texts
            texts[name] = nil
            let total = try await runtime.tasks(TaskQuery(try TaskFilter(texts: texts), size: 1, now: now)).total
            if total > 0 { found.append((name, total)) }
        }
        return found
    }
}

extension StepLineView {
    fileprivate init(_ step: StepDetail) {
        self.init(
            path: step.path, kind: step.kind, state: DisplayState(step), duration: DurationView(step.row),
            tokens: step.row.flatMap { $0.usage == .zero ? nil : TokensView($0.usage) },
            cost: step.row.map { CostView($0) } ?? .none,
            loop: LoopView(step))
    }
}
