internal import API
internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// What the command palette finds, with the list's own query.
struct PalettePages: Sendable {
    /// Tasks that it shows.
    private static let tasksMaximum = 8

    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/palette") { request in
            let view = try await found(request.query["q"] ?? "")
            return .page(request.isFromScript ? Palette.results(view) : Palette.document(view))
        }
    }

    private func found(_ text: String) async throws -> PaletteView {
        let query = text.trimmed
        let digits = query.hasPrefix("#") ? String(query.dropFirst()) : query
        let number = digits.allSatisfy(\.isNumber) ? Int64(digits).map(TaskNumber.init(rawValue:)) : nil
        var texts = ["size": String(Self.tasksMaximum)]
        if !digits.isEmpty { texts["search"] = digits }
        let listing = try await runtime.tasks(try TaskQuery(texts: texts, now: .now))
        let numbered = if let number { try await runtime.store.task(number) } else { TaskRow?.none }
        return PaletteView(
            query: query, number: number, numbered: numbered.map { TaskRowView($0) },
            tasks: listing.tasks.map { TaskRowView($0) }, total: listing.total, isTotalExact: listing.isTotalExact,
            places: try await places(query), approvals: try await runtime.openRequestCount())
    }

    /// Pages, and lists that are kept under names, whose words are all typed.
    private func places(_ query: String) async throws -> [PaletteView.Place] {
        let wanted = query.lowercased().split(separator: " ")
        func fits(_ words: String) -> Bool {
            let words = words.lowercased()
            return wanted.allSatisfy { words.contains($0) }
        }
        let pages = Self.pages.filter { fits("\($0.place.word) \($0.keywords)") }.map(\.place)
        guard !query.isEmpty else { return pages }
        let views = try await runtime.store.views().filter { fits("\($0.name) view") }.map { view in
            var address = TaskListAddress(view.filters)
            address.texts["sort"] = view.sort
            return PaletteView.Place(word: view.name, path: address.path, note: "View of the list")
        }
        return pages + views.prefix(Self.tasksMaximum)
    }

    private static let pages: [(place: PaletteView.Place, keywords: String)] =
        [(PaletteView.Place(word: "New task", path: "/tasks/new", note: "n"), "start run create compose")]
        + Layout.Section.navigable.map { section in
            let place = PaletteView.Place(word: section.word, path: section.path, note: "g \(section.key)")
            return (place, section.keywords)
        } + [
            (PaletteView.Place(word: "New plan", path: "/plans/new"), "create studio write"),
            (PaletteView.Place(word: "Settled requests", path: "/approvals?show=settled"), "approvals decided history"),
            (PaletteView.Place(word: "Secrets", path: "/settings/secrets"), "keys passwords tokens settings"),
            (PaletteView.Place(word: "Providers of models", path: "/settings/providers"), "settings openai anthropic"),
            (PaletteView.Place(word: "MCP servers", path: "/settings/mcp"), "settings tools"),
            (PaletteView.Place(word: "API reference", path: "/api/docs"), "openapi documentation programs"),
        ]
}
