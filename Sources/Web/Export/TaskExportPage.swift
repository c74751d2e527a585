internal import Core

/// A task as a page to keep: one file that asks nobody for anything, readable on screen and on paper. The document that
/// it carries follows behind what is made here.
enum TaskExportPage: Sendable {
    private static let styles: [UInt8] = Assets.styles.bytes + Assets.exportStyles

    /// Nothing is fetched and nothing runs; of styles only those that stand inside.
    private static let contentSecurityPolicy: String = {
        let digest = Base64.encode(ContentHash(of: styles).bytes)
        return "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'"
    }()

    /// The page up to the place of the document.
    static func shown(_ view: TaskPageView, _ steps: StepsPartView, _ timeline: [EventView]) -> [UInt8] {
        let head: HTML = """
            <!doctype html>
            <html lang="en" data-connection="none" class="exported">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(contentSecurityPolicy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="Signalbox \(Version.number)">
            <title>\(NamedText.plain(view.row.name)) \(view.row.number.description) · Signalbox</title>
            <style>
            """
        let body: HTML = """
            </style>
            </head>
            <body>
            <header class="top"><span class="brand">\(Icons.brand)Signalbox</span>\
            <span class="dim">As of \(Format.exact(view.now))</span></header>
            <main id="content">
            \(OfflineMarkup(content(view, steps, timeline), of: view.row.number).markup)
            </main>

            """
        return head.bytes + styles + body.bytes
    }

    private static func content(_ view: TaskPageView, _ steps: StepsPartView, _ timeline: [EventView]) -> HTML {
        """
        \(TaskHeader.render(view, isLive: false))
        \(SituationCard.render(view))
        \(TaskHeader.facts(view))
        \(StoryPanel.render(steps.story, of: view.row.number))
        <div class="columns">
        <div class="primary">\(ResultsPanel.render(steps))\(StepTrack.render(steps, now: view.now))\
        \(SettledRequests.render(steps.settled))</div>
        <div class="secondary">\(InputPanel.render(steps.input, givenAt: view.row.createdAt, now: view.now))\
        \(Timeline.render(timeline, of: view.row.number))</div>
        </div>
        \(note(view))
        """
    }

    private static func note(_ view: TaskPageView) -> HTML {
        """
        <footer class="export-note">
        <p>Task \(view.id.rawValue), exported by Signalbox \(Version.number). Everything that its journal says stands in this \
        file, also where the page shows only a part; <code>signalbox verify FILE</code> checks that nothing was changed.</p>
        </footer>
        """
    }
}
