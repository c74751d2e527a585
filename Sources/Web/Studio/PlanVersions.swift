internal import Core

/// The versions of a plan, two of which can be compared.
enum PlanVersions: Sendable {
    static func render(_ view: PlanView) -> HTML {
        let path = DocumentKind.plan.path(view.name)
        let standard = (view.versions.dropFirst().first ?? view.versions.first)?.hash
        let rows = view.versions.map { version -> HTML in
            let isShown = version.hash == view.shown.hash
            return """
                <li\(attribute: "aria-current", isShown ? "true" : nil)>\
                <span class="compare"><input type="radio" name="from" value="\(version.hash.rawValue)" \
                aria-label="Compare from \(version.hash.short)"\(attribute: "checked", if: version.hash == standard)>\
                <input type="radio" name="to" value="\(version.hash.rawValue)" \
                aria-label="Compare to \(version.hash.short)"\(attribute: "checked", if: version.hash == view.versions.first?.hash)></span>\
                <div><a href="\(path)?version=\(version.hash.rawValue)">\(LibraryPage.version(version.hash))</a>\
                \("<span class=\"label\">latest</span>", if: version.hash == view.latest)\
                \(LibraryState.published.label, if: version.hash == view.published)
                \(LibraryPage.saved(by: version.author, at: version.savedAt, note: version.note, now: view.now))\
                \(LibraryPage.earlier(version, now: view.now))</div></li>
                """
        }
        let pager = Pager(
            page: view.page, pageCount: view.pageCount, pageSize: PlanView.pageSize, total: view.versionTotal,
            isInPlace: true, label: "Pages of versions")
        let compare: HTML = view.versionTotal > 1 ? "<button class=\"quiet\">Compare the marked two</button>" : .empty
        return """
            <section class="panel" aria-labelledby="versions-heading">\
            <form method="get" action="\(path)/diff" class="versions\(view.versionTotal > 1 ? "" : " single")">\
            <div class="panel-head"><h2 id="versions-heading">Versions \
            <span class="dim number">\(Format.grouped(Int64(view.versionTotal)))</span></h2>\(compare)</div>
            <ol>\(rows)</ol></form>\(pager.render { "\(path)?page=\($0)" }, if: view.pageCount > 1)</section>
            """
    }
}
