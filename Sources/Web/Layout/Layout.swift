internal import Core

/// The frame around every page: head, header, connection indicator, the part that is live.
public enum Layout: Sendable {
    /// For the header `Content-Security-Policy` of every page: own files only, nothing inline, in no
    /// frame but our own.
    public static let contentSecurityPolicy = """
        default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'
        """

    /// What a page needs from its frame.
    struct Page: Sendable {
        var title: String
        /// Where the live stream of this page is; nil for a page of which nothing changes but the count in the navigation.
        var streamPath: String?
        /// Whether links and forms of it change it in place, without leaving it.
        var isInPlace = false
        /// Which part of the product it belongs to.
        var section = Section.tasks
        /// How many requests wait for a person.
        var approvals = 0
        /// What stands above it and is not part of the stream.
        var above = HTML.empty
        /// What stands inside, which is also what each message of the stream replaces.
        var fragment: HTML
        /// What stands below it and is not part of the stream.
        var below = HTML.empty
        /// What stands beside all of that, until something is shown there.
        var beside = HTML.empty
        /// The keys that work on it, besides those of every page.
        var keys: [KeyGroup] = []
        /// Files that only this page needs, after those of every page.
        var styles: [Asset] = []
        var scripts: [Asset] = []
    }

    /// The stream of pages that have none of their own: only what stands in the header.
    static let factsPath = "/live"

    /// The parts of the product, as the navigation names them.
    enum Section: Sendable {
        case tasks, approvals, plans, agents, playground, settings, reference
    }

    /// htmx leaves these attributes as they are when it morphs, so that what a person has opened stays open. An
    /// error never replaces what is shown. A lost stream is tried again at least every four seconds.
    private static let htmxConfiguration: JSON = [
        "morphIgnore": ["data-htmx-powered", "open"],
        "includeIndicatorCSS": false,
        "noSwap": [204, 304, "4xx", "5xx"],
        "sse": ["reconnectDelay": 500, "reconnectMaxDelay": 4000],
    ]

    /// The whole document.
    static func document(_ page: Page) -> HTML {
        """
        <!doctype html>
        <html lang="en" data-connection="connecting">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="htmx-config" content="\(htmxConfiguration.text)">
        <title>\(NamedText.plain(page.title)) · Signalbox</title>
        <link rel="icon" id="favicon" type="image/svg+xml" href="\(Assets.favicon.path)"\(favicons)>
        \(([Assets.styles] + page.styles).map(styleSheet))\(([Assets.script] + page.scripts).map(script))\
        </head>
        <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header class="top">
        <a class="brand" href="/tasks">\(Icons.brand)Signalbox</a>
        \(navigation(page))
        \(paletteButton)
        \(connection)
        </header>
        <main id="content" tabindex="-1"\(inPlace, if: page.isInPlace)>\(page.above)\(live(page))\(page.below)</main>
        \(page.beside)\
        <div id="news" class="hidden" role="status" aria-live="polite"></div>
        <div id="toast" role="status" aria-live="polite" aria-relevant="additions"></div>
        \(Palette.dialog)
        \(KeyMap.dialog(page.keys))
        </body>
        </html>

        """
    }

    private static func styleSheet(_ asset: Asset) -> HTML {
        "<link rel=\"stylesheet\" href=\"\(asset.path)\">\n"
    }

    /// The style sheets come first: nothing is painted before them, and everything before the scripts.
    private static func script(_ asset: Asset) -> HTML {
        "<script src=\"\(asset.path)\" defer fetchpriority=\"low\"></script>\n"
    }

    /// What is the same in each message of a page's stream: title and state for the tab, and the server's time.
    /// - Parameter approvals: how many requests wait for a person; the script carries it to the navigation.
    static func fragment(
        title: String, state: DisplayState?, now: Timestamp, approvals: Int = 0, content: HTML
    ) -> HTML {
        """
        <div id="page">\(facts(title: title, state: state, now: now, approvals: approvals))
        \(content)
        </div>
        """
    }

    /// What the page's scripts are told with each message. It stands alone, so that it can come without the rest.
    static func facts(title: String, state: DisplayState?, now: Timestamp, approvals: Int) -> HTML {
        """
        <i id="page-facts" hidden data-title="\(NamedText.plain(title)) · Signalbox"\
        \(attribute: "data-state", state?.tone.rawValue) \
        data-now="\(now.millisecondsSinceEpoch)" data-approvals="\(approvals)"></i>
        """
    }

    /// The newest request counts, and what the server says of one that it refuses is shown too.
    private static let inPlace: HTML = """
         class="wide" hx-sync="this:replace" hx-status:40x="swap:outerMorph" hx-status:41x="swap:outerMorph" \
        hx-status:42x="swap:outerMorph" hx-status:50x="swap:outerMorph"
        """

    private static func navigation(_ page: Page) -> HTML {
        let links = Section.navigable.map { section -> HTML in
            let current = page.section == section ? "true" : nil
            return """
                <a href="\(section.path)"\(attribute: "aria-current", current)>\(section.word)\
                \(count(page.approvals), if: section == .approvals)</a>
                """
        }
        return "<nav aria-label=\"Main\">\(links)</nav>"
    }

    private static func count(_ approvals: Int) -> HTML {
        """
        <span id="approvals-count" class="count"\(attribute: "hidden", if: approvals == 0)>\
        \(Format.grouped(Int64(approvals)))</span>
        """
    }

    private static let paletteButton: HTML = """
        <a class="palette-open" href="/palette" data-palette aria-keyshortcuts="Control+K Meta+K">\(Icons.search)\
        <span>Go to…</span><kbd aria-hidden="true">Ctrl K</kbd></a>
        """

    private static func live(_ page: Page) -> HTML {
        """
        <div id="live" hx-sse:connect="\(page.streamPath ?? factsPath)" hx-trigger="sb:live" hx-swap="innerMorph">\
        \(page.fragment)</div>
        """
    }

    /// One icon per colour; the script shows that of the task's state in the tab.
    private static let favicons: HTML = {
        Assets.stateFavicons.reduce(into: HTML.empty) { attributes, favicon in
            switch favicon.tone {
            case .gray: attributes += "\(attribute: "data-gray", favicon.asset.path)"
            case .blue: attributes += "\(attribute: "data-blue", favicon.asset.path)"
            case .amber: attributes += "\(attribute: "data-amber", favicon.asset.path)"
            case .green: attributes += "\(attribute: "data-green", favicon.asset.path)"
            case .red: attributes += "\(attribute: "data-red", favicon.asset.path)"
            }
        }
    }()

    private static let connection: HTML = """
        <div id="connection" class="connection" role="status"><span class="signal" aria-hidden="true"></span>\
        <span id="connection-word">Connecting</span><span id="connection-since"></span>\
        <noscript><span class="dim">Live updates need JavaScript; reload the page to see news.</span></noscript></div>
        """
}
