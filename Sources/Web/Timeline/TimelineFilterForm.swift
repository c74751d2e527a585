internal import Core

/// Which events are shown: a form whose fields are the address, so that it works without scripts.
enum TimelineFilterForm: Sendable {
    static func render(_ view: TimelineView) -> HTML {
        let filter = view.filter
        let path = "/tasks/\(view.task.rawValue)"
        return """
            <form class="timeline-filter" action="\(path)" method="get" data-go="keep" aria-label="Which events are shown">\
            <input type="hidden" name="part" value="\(TaskPart.timeline.rawValue)">\
            <fieldset class="chips"><legend class="hidden">Show only</legend>\(TimelineSubject.allCases.map { chip($0, filter) })</fieldset>\
            \(field("step", "Step", filter.step?.rawValue, choices: view.steps.map(\.rawValue)))\
            \(field("tool", "Tool", filter.tool, choices: view.tools))\
            <button>Show</button>\(clear(path), if: !filter.isEmpty)</form>
            """
    }

    private static func chip(_ subject: TimelineSubject, _ filter: TimelineFilter) -> HTML {
        """
        <label class="chip"><input type="checkbox" name="show" value="\(subject.rawValue)"\
        \(attribute: "checked", if: filter.subjects.contains(subject)) data-typed>\(subject.word)</label>
        """
    }

    private static func field(_ name: StaticString, _ label: String, _ value: String?, choices: [String]) -> HTML {
        let id = "timeline-\(name)"
        let options = choices.map { "<option value=\"\(NamedText.plain($0))\"></option>" as HTML }
        return """
            <label class="field"><span>\(label)</span><input type="search" name="\("\(name)")" id="\(id)" list="\(id)-choices" \
            value="\(value ?? "")" placeholder="any" autocomplete="off" spellcheck="false" data-typed></label>\
            <datalist id="\(id)-choices">\(options)</datalist>
            """
    }

    private static func clear(_ path: String) -> HTML {
        "<a class=\"quiet button\" href=\"\(path)\(TaskPart.timeline.query)\" data-go=\"keep\">Show all</a>"
    }
}
