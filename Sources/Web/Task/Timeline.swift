internal import Core

/// What happened, in order.
enum Timeline: Sendable {
    static func render(_ view: TaskPageView) -> HTML {
        guard !view.events.isEmpty else { return .empty }
        return """
            <section class="panel timeline" aria-labelledby="timeline-heading">
            <h2 id="timeline-heading">Timeline</h2>
            <ol>\(view.events.map(line))</ol>
            </section>
            """
    }

    private static func line(_ event: EventView) -> HTML {
        """
        <li id="event-\(event.position.rawValue)" class="tone-\((event.state?.tone ?? .gray).rawValue)">\
        \(Parts.timeOfDay(event.at))<span class="sentence">\(lamp(event.state))\(step(event.step))\(Parts.sentence(event.sentence, until: event.moment))</span></li>

        """
    }

    private static func lamp(_ state: DisplayState?) -> HTML {
        state.map(Icons.lamp) ?? "<span class=\"lamp\"></span>"
    }

    private static func step(_ path: StepPath?) -> HTML {
        guard let path else { return .empty }
        return "<a class=\"name\" href=\"#\(ElementID.step(path))\">\(NamedText.render(path.rawValue))</a> "
    }
}
