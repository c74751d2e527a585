/// The lamps: a disc in the colour of the state with its sign, drawn in 16 × 16 units. Shapes differ, so that the state
/// can be told without colour.
enum Icons: Sendable {
    /// The lamp of a state; its word stands beside it, so it is hidden from screen readers.
    static func lamp(_ state: DisplayState) -> HTML {
        """
        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">\(shape(of: state))</svg>
        """
    }

    /// What the lamp consists of, for where it is part of a drawing.
    static func shape(of state: DisplayState) -> HTML {
        switch state {
        case .queued:
            """
            <circle class="ring" cx="8" cy="8" r="6"/>
            """
        case .running:
            """
            <circle class="track-ring" cx="8" cy="8" r="6.5"/><path class="spin" d="M8 1.5A6.5 6.5 0 0 1 14.5 8"/>\
            <circle class="disc" cx="8" cy="8" r="3.5"/>
            """
        case .waiting:
            """
            <circle class="ring" cx="8" cy="8" r="6.5"/><path class="stroke" d="M8 4.6V8l2.3 1.5"/>
            """
        case .paused:
            """
            <circle class="ring" cx="8" cy="8" r="6.5"/><path class="stroke" d="M6.4 5.6v4.8M9.6 5.6v4.8"/>
            """
        case .approvalRequired:
            """
            <circle class="disc" cx="8" cy="8" r="7.5"/><path class="sign" d="M8 4v4.6"/>\
            <circle class="dot" cx="8" cy="11.4" r="1.1"/>
            """
        case .completed:
            """
            <circle class="disc" cx="8" cy="8" r="7.5"/><path class="sign" d="M4.7 8.3l2.3 2.3 4.4-4.8"/>
            """
        case .completedWithWarning:
            """
            <circle class="disc" cx="8" cy="8" r="7.5"/><path class="sign" d="M4.7 8.3l2.3 2.3 4.4-4.8"/>\
            <path class="warning" d="M12 9l3.6 6.5H8.4z"/>
            """
        case .failed:
            """
            <circle class="disc" cx="8" cy="8" r="7.5"/><path class="sign" d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2"/>
            """
        case .failedAllowed:
            """
            <path class="disc" d="M8 .8l7.6 13.8H.4z"/><path class="sign" d="M8 5.4v4"/><circle class="dot" cx="8" cy="12" r="1"/>
            """
        case .skipped:
            """
            <circle class="ring dashed" cx="8" cy="8" r="6.5"/><path class="stroke" d="M5.5 5.6L8 8l-2.5 2.4M9 5.6L11.5 8 9 10.4"/>
            """
        case .cancelled:
            """
            <circle class="ring" cx="8" cy="8" r="6.5"/><path class="stroke" d="M3.6 12.4l8.8-8.8"/>
            """
        }
    }

    /// The mark of the product: a signal with its three lamps.
    static let brand: HTML = """
        <svg class="mark" viewBox="0 0 14 24" aria-hidden="true"><rect class="post" width="14" height="24" rx="5"/>\
        <circle class="red" cx="7" cy="5.4" r="2.5"/><circle class="amber" cx="7" cy="12" r="2.5"/>\
        <circle class="green" cx="7" cy="18.6" r="2.5"/></svg>
        """

    /// The sign of a path that was not taken.
    static let cross: HTML = """
        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">\(crossShape)</svg>
        """

    static let crossShape: HTML = "<path class=\"stroke cross\" d=\"M4 4l8 8M12 4l-8 8\"/>"

    static let copy: HTML = """
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/>\
        <path d="M10.5 3.5v-.2a1 1 0 0 0-1-1H3.3a1 1 0 0 0-1 1v6.2a1 1 0 0 0 1 1h.2"/></svg>
        """

    static let download: HTML = """
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2.2v8M4.8 7.2L8 10.4l3.2-3.2M2.6 13.4h10.8"/></svg>
        """

    static let file: HTML = """
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M9 1.8H4.4a1 1 0 0 0-1 1v10.4a1 1 0 0 0 1 1h7.2a1 \
        1 0 0 0 1-1V5.4zM9 1.8v3.6h3.6"/></svg>
        """

    static let search: HTML = """
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><circle cx="7" cy="7" r="4.6"/><path d="M10.4 10.4l3.4 3.4"/></svg>
        """

    static let filter: HTML = """
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M2.4 4h11.2M4.6 8h6.8M6.6 12h2.8"/></svg>
        """

    static let bookmark: HTML = """
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M4.2 2.4h7.6v11.2L8 10.6l-3.8 3z"/></svg>
        """

    static let refresh: HTML = """
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M13.2 8a5.2 5.2 0 1 1-1.5-3.7M13.3 1.9v2.8h-2.8"/></svg>
        """

    static let rows: HTML = """
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M2.4 4h11.2M2.4 8h11.2M2.4 12h11.2"/></svg>
        """

    static let cards: HTML = """
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><rect x="2.4" y="2.6" width="11.2" height="4.4" rx="1"/><rect x="2.4" y="9" width="11.2" height="4.4" rx="1"/></svg>
        """

    static let pencil: HTML = """
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 13l.7-2.9 7.6-7.6 2.2 2.2-7.6 7.6zM9.8 4l2.2 2.2"/></svg>
        """

    static let close: HTML = """
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M4.4 4.4l7.2 7.2M11.6 4.4l-7.2 7.2"/></svg>
        """

    static let chevron: HTML = """
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M6 3.8L10.2 8 6 12.2"/></svg>
        """

    static let up: HTML = """
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 12.6V3.8M4.6 7L8 3.6 11.4 7"/></svg>
        """

    static let down: HTML = """
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 3.4v8.8M4.6 9L8 12.4 11.4 9"/></svg>
        """

    static let stop: HTML = """
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="5.8"/><path d="M3.9 12.1l8.2-8.2"/></svg>
        """

    static let kill: HTML = """
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M5.5 2.2h5L13.8 5.5v5L10.5 13.8h-5L2.2 10.5v-5zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4"/></svg>
        """
}
