/// How something in the library stands, as a word with its sign.
public enum LibraryState: String, Sendable, CaseIterable {
    /// Nothing is published: the latest version runs.
    case draft
    /// One version runs whatever is saved later.
    case published
    /// It can be run from the playground.
    case app
    /// Lists leave it out and nobody runs it by its name.
    case archived

    var word: String {
        switch self {
        case .draft: "Draft"
        case .published: "Published"
        case .app: "App"
        case .archived: "Archived"
        }
    }

    private var meaning: String {
        switch self {
        case .draft: "Nothing is published: the latest version runs"
        case .published: "The published version runs, whatever is saved later"
        case .app: "It can be run from the playground"
        case .archived: "Lists leave it out, and nobody runs it by its name"
        }
    }

    /// Sign and word.
    var label: HTML {
        "<span class=\"standing \(rawValue)\" title=\"\(meaning)\">\(sign)<span>\(word)</span></span>"
    }

    private var sign: HTML {
        switch self {
        case .draft:
            """
            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3zM9 4.7L11.3 7"/></svg>
            """
        case .published:
            """
            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="5.8"/><path d="M5.4 8.2l1.9 1.9 3.4-3.8"/></svg>
            """
        case .app:
            """
            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><rect x="2.6" y="3" width="10.8" height="10" rx="1.6"/><path d="M2.6 6h10.8M6.8 8.2l2.6 1.6-2.6 1.6z"/></svg>
            """
        case .archived:
            """
            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M2.4 3h11.2v3H2.4zM3.4 6v7h9.2V6M6.4 8.6h3.2"/></svg>
            """
        }
    }
}
