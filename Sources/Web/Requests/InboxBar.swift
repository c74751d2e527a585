internal import Core
internal import Engine

/// What stands above the inbox: open or settled, of which kind, of which plan. All of it are links.
enum InboxBar: Sendable {
    static func render(_ view: ApprovalsView) -> HTML {
        """
        <div class="toolbar inbox-head"><h1>Approvals</h1>\(plans(view))\
        <nav class="layouts" aria-label="Which requests">\(sides(view))</nav></div>
        <nav class="groups" aria-label="Kinds">\(kinds(view))</nav>

        """
    }

    private static func sides(_ view: ApprovalsView) -> HTML {
        let (isSettled, address) = (view.address.isSettled, view.address)
        let open = address.changing { $0.isSettled = false }.path
        let settled = address.changing { $0.isSettled = true }.path
        return """
            <a href="\(open)"\(attribute: "aria-current", isSettled ? nil : "true")>Waiting \
            <span class="number">\(Format.grouped(Int64(view.open)))</span></a>\
            <a href="\(settled)"\(attribute: "aria-current", isSettled ? "true" : nil)>Settled</a>
            """
    }

    private static func kinds(_ view: ApprovalsView) -> HTML {
        let address = view.address
        let chosen = address.kind
        let links = DecisionRequest.Kind.allCases.map { kind -> HTML in
            let count = view.count(of: kind)
            // A click on the chosen one takes it back.
            let path = address.changing { $0.kind = kind == chosen ? nil : kind }.path
            let figure: HTML = " <span class=\"number\">\(Format.grouped(Int64(count)))</span>"
            return """
                <a\(attribute: "class", count == 0 && !address.isSettled ? "none" : nil) href="\(path)"\
                \(attribute: "aria-current", kind == chosen ? "true" : nil)>\(kind.word)\(figure, if: !address.isSettled)</a>
                """
        }
        return """
            <a href="\(address.changing { $0.kind = nil }.path)"\(attribute: "aria-current", chosen == nil ? "true" : nil)>All</a>\
            \(links)
            """
    }

    /// Only where there is something to choose.
    private static func plans(_ view: ApprovalsView) -> HTML {
        let (address, plans) = (view.address, view.plans)
        guard plans.count > 1 || address.plan != nil else { return .empty }
        let rows = plans.map { name, count -> HTML in
            """
            <li><a href="\(address.changing { $0.plan = name }.path)"\
            \(attribute: "aria-current", name == address.plan ? "true" : nil)><span class="name">\(NamedText.render(name))</span> \
            <span class="dim number">\(Format.grouped(Int64(count)))</span></a></li>
            """
        }
        let name: HTML =
            address.plan.map { "<span class=\"name\">\(NamedText.render(String($0.prefix(60))))</span>" } ?? "Any"
        return """
            <details class="menu" id="plan-menu"><summary class="button">\(Icons.filter)Plan: \(name)</summary>
            <div class="sheet narrow"><ul class="named"><li><a href="\(address.changing { $0.plan = nil }.path)"\
            \(attribute: "aria-current", address.plan == nil ? "true" : nil)>Any plan</a></li>\(rows)</ul></div></details>
            """
    }
}
