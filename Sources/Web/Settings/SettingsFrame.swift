internal import Core

/// What all pages of the settings have in common.
enum SettingsFrame: Sendable {
    static func document(
        _ part: SettingsPart, approvals: Int, now: Timestamp, _ content: HTML
    ) -> HTML {
        let links = SettingsPart.allCases.map { other -> HTML in
            "<a href=\"\(other.path)\"\(attribute: "aria-current", other == part ? "page" : nil)>\(other.word)</a>"
        }
        return LibraryPage.document(
            title: part == .values ? "Settings" : "\(part.word) · Settings", section: .settings, approvals: approvals,
            now: now, isInPlace: true,
            content: """
                <div class="headline"><h1>\(part.word)</h1></div>
                <nav class="subnav" aria-label="Settings">\(links)</nav>
                <div class="settings-stack">\(content)</div>
                """)
    }

    /// How something is written into the settings file.
    static func example(_ id: String, _ words: HTML, _ text: String) -> HTML {
        """
        <section class="panel" aria-labelledby="\(id)-heading"><div class="panel-head">\
        <h2 id="\(id)-heading">In signalbox.yaml</h2>\(Parts.copyButton(element: id, what: "the example"))</div>\
        <div class="panel-body"><p class="dim">\(words)</p><pre id="\(id)">\(text)</pre></div></section>
        """
    }
}
