internal import Core

/// What happened, in order.
enum Timeline: Sendable {
    static func render(_ view: TimelineView, of task: TaskNumber) -> HTML {
        guard !view.events.isEmpty else { return .empty }
        return """
            <section class="panel timeline" aria-labelledby="timeline-heading">
            <h2 id="timeline-heading">Timeline</h2>
            <ol>\(view.events.map { line($0, of: task) })</ol>
            </section>
            """
    }

    private static func line(_ event: EventView, of task: TaskNumber) -> HTML {
        """
        <li id="event-\(event.position.rawValue)" class="tone-\((event.state?.tone ?? .gray).rawValue)">\
        \(Parts.timeOfDay(event.at))<span class="sentence">\(lamp(event.state))\(step(event.step, of: task))\(Parts.sentence(event.sentence, until: event.moment))</span></li>

        """
    }

    private static func lamp(_ state: DisplayState?) -> HTML {
        state.map(Icons.lamp) ?? "<span class=\"lamp\"></span>"
    }

    private static func step(_ path: StepPath?, of task: TaskNumber) -> HTML {
        guard let path else { return .empty }
        let address = StepAddress(task: task, step: path).onTaskPage
        return "<a class=\"name\" href=\"\(address)\">\(NamedText.render(path.rawValue))</a> "
    }
}
