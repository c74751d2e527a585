internal import Core

/// The whole task as one line of track with a lamp for each step: the progress bar that can be read and clicked.
enum Line: Sendable {
    /// More stations than that would touch each other; then the line is a plain bar.
    private static let stationsMaximum = 40
    /// More names than that do not fit below the line.
    private static let namesMaximum = 9

    static func render(_ view: TaskPageView) -> HTML {
        guard !view.steps.isEmpty else { return .empty }
        guard view.steps.count <= stationsMaximum else {
            return "<div class=\"line plain\">\(Parts.bar(view.row.progress, state: view.row.state))</div>"
        }
        let isNamed = view.steps.count <= namesMaximum
        return """
            <ol class="line\(isNamed ? " named" : "")" aria-label="The steps at a glance">\(view.steps.map(station))</ol>
            """
    }

    private static func station(_ step: StepView) -> HTML {
        """
        <li class="\(step.state.rawValue) tone-\(step.state.tone.rawValue)">\
        <a href="#\(ElementID.step(step.path))" title="\(NamedText.plain(step.path.rawValue)): \(step.state.word)">\
        \(Icons.lamp(step.state))<span class="station">\(NamedText.render(step.path.rawValue))\
        <span class="hidden">: \(step.state.word)</span></span></a></li>
        """
    }
}
