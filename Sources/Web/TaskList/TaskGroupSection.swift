internal import Core
internal import Store

/// One group with a page of its tasks as cards; a card unfolds in place to its steps, tokens and cost.
enum TaskGroupSection: Sendable {
    static func render(_ group: TaskGroupView, in view: TaskListView) -> HTML {
        let (word, state) = FilterWords.group(group.group)
        let name = group.group.rawValue
        let pager = Pager(
            page: group.page, pageCount: group.pageCount, pageSize: TaskListAddress.groupSize, total: group.total,
            isTotalExact: group.isTotalExact, isInPlace: true, label: "Pages of \(word)")
        return """
            <section class="group tone-\(state.tone.rawValue)" id="group-\(name)" aria-labelledby="group-\(name)-heading">
            <h2 id="group-\(name)-heading">\(Icons.lamp(state))\(word) <span class="number dim">\
            \(Format.grouped(Int64(group.total)))\(group.isTotalExact ? "" : "+")</span></h2>
            <ul class="panel cards">
            \(group.cards.map { card($0, in: view) })
            </ul>
            \(pager.render { page in view.address.changing { $0.groupPages[group.group] = page > 1 ? page : nil }.path }, if: group.pageCount > 1)
            </section>

            """
    }

    private static func card(_ card: TaskCardView, in view: TaskListView) -> HTML {
        let row = card.row
        let isOpen = card.steps != nil
        let address = view.address.changing { address in
            if isOpen {
                address.opened.removeAll { $0 == row.number }
            } else {
                address.opened = address.opened.suffix(TaskListAddress.openedMaximum - 1) + [row.number]
            }
        }
        return """
            <li id="task-\(row.number.rawValue)" class="card tone-\(row.state.tone.rawValue)" data-row>\
            <div class="card-row">\(TaskListRow.pick(row))\
            <a class="button icon quiet chevron" id="chevron-\(row.number.rawValue)" href="\(address.path)" data-go="fold" \
            role="button" aria-expanded="\(isOpen ? "true" : "false")" \
            aria-label="Steps of task \(row.number.description)">\(Icons.chevron)</a>\
            <div class="column-task">\(TaskListRow.title(row))\(TaskListRow.reason(row))\(TaskListRow.parent(row.parent))</div>\
            <span class="column-status">\(Parts.badge(row.state, word: row.word, count: row.openRequests))</span>\
            <span class="column-steps"><span class="number">\(row.progress.current) of \(row.progress.total)</span>\
            \(Parts.bar(row.progress, state: row.state))</span>\
            <span class="column-duration">\(Parts.duration(of: row, now: view.now))</span>\
            <span class="column-created">\(Parts.age(row.createdAt, now: view.now))</span>\
            <span class="column-actions">\(TaskListRow.actions(row))</span></div>\
            \(inside(card, now: view.now), if: isOpen)</li>

            """
    }

    private static func inside(_ card: TaskCardView, now: Timestamp) -> HTML {
        let row = card.row
        let lines = (card.steps ?? []).map { step -> HTML in
            """
            <li class="tone-\(step.state.tone.rawValue)">\(Icons.lamp(step.state))\
            <a class="name" href="/tasks/\(row.number.rawValue)#\(ElementID.step(step.path))">\
            \(NamedText.render(step.path.rawValue))</a> <span class="dim">\(step.kind)</span>\
            <span class="figures">\(figures(step, now: now))</span></li>
            """
        }
        return """
            <div class="card-inside"><ol class="stations">\(lines)\
            \("<li class=\"dim\">and \(Format.count(card.hiddenSteps, "more step"))</li>", if: card.hiddenSteps > 0)</ol>\
            <dl class="facts"><div><dt>Tokens</dt><dd>\(Parts.tokens(row.tokens))</dd></div>\
            <div><dt>Est. cost</dt><dd>\(Parts.cost(row.cost))</dd></div>\
            <div><dt>Origin</dt><dd class="name">\(NamedText.render(row.origin))</dd></div>\
            <div><dt>Trigger</dt><dd>\(NamedText.render(row.trigger))\(row.model.map { " · \(Parts.model($0))" as HTML })</dd></div></dl></div>
            """
    }

    private static func figures(_ step: StepLineView, now: Timestamp) -> HTML {
        """
        \(step.loop.map { "<span class=\"number\">\($0.words)</span>" as HTML })\
        \(step.tokens.map { "<span>\(Parts.tokens($0)) tokens</span>" as HTML })\
        \("<span>\(Parts.cost(step.cost))</span>", if: step.cost != .none)\
        \(Parts.duration(step.duration, now: now), if: step.duration != .notStarted)\
        <span class="word">\(step.state.word)</span>
        """
    }
}
