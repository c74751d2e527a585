internal import API
internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// The list of tasks, its live stream, and the lists that are kept under names.
struct TaskListPages: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/tasks", handler: page)
        router.get("/tasks/live", handler: live)
        router.post("/tasks/views", handler: save)
        router.post("/tasks/views/delete", handler: forget)
        BulkPages(runtime: runtime).install(in: &router)
    }

    private func page(_ request: Request) async throws -> Response {
        let address = TaskListAddress(request.query)
        guard !TaskListAddress.isWordy(request.query) else {
            return Response(.seeOther, headers: ["Location": address.path])
        }
        do {
            let view = try await TaskListLoader(runtime: runtime, address: address).page()
            return .page(TaskListPage.document(view))
        } catch let error as SignalboxError {
            // What was typed stays where it was typed, with what is wrong below it.
            var view = TaskListView(
                address, .failed(error.message, hint: error.hint), total: 0, position: .zero, now: .now)
            view.choices = TaskListLoader.counted.map { name, _ in
                FilterChoiceView(name: name, values: address.texts[name].map { [($0, nil)] } ?? [])
            }
            return .page(TaskListPage.document(view), status: error.code.status)
        }
    }

    private func live(_ request: Request) async throws -> Response {
        let address = TaskListAddress(request.query)
        let held = request.query["held"].map { text in
            text.split(separator: ",").prefix(Limits.pageSizeMaximum).compactMap { Int64($0) }
                .map(TaskNumber.init(rawValue:))
        }
        let newest = request.query["newest"].flatMap { Int64($0) }.map(TaskNumber.init(rawValue:))
        // What cannot be understood is said at once, before the stream begins.
        _ = try TaskQuery(texts: address.texts, now: .now)
        return LiveFragments(runtime: runtime).response(after: try request.livePosition) {
            let view = try await TaskListLoader(runtime: runtime, address: address)
                .fragment(held: held, newest: newest)
            return (view, view.position)
        } message: {
            TaskListNews.message($0, $1)
        }
    }

    /// Keeps filters and order under a name. Another list of that name is only replaced when that is said.
    private func save(_ request: Request) async throws -> Response {
        let form = try request.form()
        let address = try TaskListAddress(query: form["list"] ?? "")
        let name = (form["name"] ?? "").trimmed
        var refusal: (message: String, isTaken: Bool)?
        let before = try await runtime.store.views().first { $0.name == name }
        do {
            _ = try TaskQuery(texts: address.texts, now: .now)
            if form["replace"] != "1", before != nil {
                refusal = ("There is a view of this name already.", true)
            } else {
                var filters: [String: String] = [:]
                for (name, value) in address.filters { filters[name] = value }
                _ = try await runtime.save(viewNamed: name, filters: filters, sort: address.sort)
            }
        } catch let error as SignalboxError where [.invalidInput, .limit].contains(error.code) {
            refusal = (error.message, false)
        }
        guard let refusal else {
            // Taken back, it is as it was before: another list of that name, or none.
            let isUndone = form["undo"] == "1"
            let here = try form["here"].map { try TaskListAddress(query: $0) } ?? address
            let back =
                before.map { Undo.save($0, here: address) }
                ?? Undo("/tasks/views/delete", ["name": name, "list": address.query])
            return .list(
                request, at: here, saying: isUndone ? "“\(name)” is back" : "Saved as “\(name)”",
                undo: isUndone ? nil : back)
        }
        guard form["undo"] != "1" else { return .refused(refusal.message) }
        let state = SaveViewState(name: name, message: refusal.message, isTaken: refusal.isTaken)
        let html = ViewsMenu.form(address, state)
        guard request.isFromScript else {
            return .page(
                ViewsMenu.document(html, approvals: try await runtime.openRequestCount()),
                status: .unprocessableContent)
        }
        return .page(html, status: .unprocessableContent)
    }

    private func forget(_ request: Request) async throws -> Response {
        let form = try request.form()
        let name = form["name"] ?? ""
        let address = try TaskListAddress(query: form["list"] ?? "")
        let kept = try await runtime.store.views().first { $0.name == name }
        do {
            try await runtime.deleteView(name)
        } catch let error as SignalboxError where error.code == .notFound && request.isFromScript {
            return .list(request, at: address, saying: error.message)
        }
        return .list(
            request, at: address, saying: "Forgot “\(name)”; its tasks are still there",
            undo: kept.map { Undo.save($0, here: address) })
    }
}

extension Undo {
    /// Keeps a view as it was.
    /// - Parameter here: the list that is looked at meanwhile.
    fileprivate static func save(_ view: ViewRow, here: TaskListAddress) -> Undo {
        var address = TaskListAddress(view.filters)
        address.texts["sort"] = view.sort
        return Undo(
            "/tasks/views",
            ["name": view.name, "list": address.viewQuery, "here": here.query, "replace": "1", "undo": "1"])
    }
}
