internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// The editor of plans, and that of agents: opened, checked while somebody types, saved.
struct DocumentEditorPages: Sendable {
    let library: StudioLibrary

    private var runtime: Runtime { library.runtime }
    private var kind: DocumentKind { library.kind }

    func install(in router: inout Router) {
        let root = "/\(kind.collection)"
        router.get("\(root)/new", handler: begin)
        router.post("\(root)/new") { try await send($0, name: nil) }
        router.get("\(root)/{name}/edit", handler: open)
        router.post("\(root)/{name}/edit") { try await send($0, name: $0.pathParameter("name")) }
        router.post("\(root)/{name}/check", handler: check)
    }

    private func begin(_ request: Request) async throws -> Response {
        let template = DocumentTemplate.named(request.query["template"], of: kind)
        var view = try await view(nil, text: template.text, files: [])
        view.check = try await library.check(PlanSource(path: kind.fileName, text: template.text), of: nil).view
        return .page(DocumentEditor.document(view))
    }

    private func open(_ request: Request) async throws -> Response {
        let name = request.pathParameter("name")
        let stored = try await library.stored(name, version: request.query["version"])
        var view = try await view(name, text: stored.source.text, files: .init(stored.source.files))
        view.base = stored.hash
        view.began = stored.hash
        if let latest = try await library.latest(name), latest != stored.hash {
            view.jumpNote = "This is an earlier version. What you save becomes the latest."
            view.base = latest
        }
        view.check = try await library.check(stored.source, of: name).view
        if let step = request.query["step"], !step.isEmpty {
            view.line = StepPlaces.line(of: StepPath(rawValue: step), in: stored.source.text)
            if view.line == nil { view.jumpNote = "This version has no step \"\(step.prefix(200))\"." }
        }
        return .page(DocumentEditor.document(view))
    }

    private func check(_ request: Request) async throws -> Response {
        let submitted = SubmittedDocument(try request.form())
        let name = request.pathParameter("name")
        let checked = try await library.check(try await source(submitted, of: name), of: name)
        return .page(DocumentEditor.checked(checked.view, kind: kind))
    }

    private func send(_ request: Request, name: String?) async throws -> Response {
        let submitted = SubmittedDocument(try request.form())
        let source = try await source(submitted, of: name ?? "new")
        var checked = try await library.check(source, of: name)
        guard submitted.intent != .check else { return try await answer(submitted, name, checked.view, request) }
        guard let document = checked.document else {
            let count = Format.count(checked.view.findings.count, "mistake")
            checked.view.refusal = DocumentCheckView.Refusal(
                message: "Not saved: it has \(count). What you typed is still here.")
            return try await answer(submitted, name, checked.view, request, status: .unprocessableContent)
        }
        let isSameName = document.name == name
        var undo: Undo?
        do {
            let base = isSameName ? submitted.over ?? submitted.base : nil
            try await library.save(document, note: submitted.note, after: base)
            if submitted.intent == .publish {
                let before = try await runtime.savedPlan(document.name).published
                try await runtime.change(document.name, .publish(document.hash))
                undo = Undo(publicationOf: document.hash, before: before, plan: document.name)
                undo?.fields["stay"] = "1"
            }
        } catch let error as SignalboxError where error.code == .preconditionFailed {
            checked.view.refusal = try await refusal(document.name, submitted, isSameName: isSameName)
            return try await answer(submitted, name, checked.view, request, status: .preconditionFailed)
        } catch let error as SignalboxError where [.invalidInput, .limit, .conflict].contains(error.code) {
            checked.view.refusal = DocumentCheckView.Refusal(message: error.message, hint: error.hint)
            return try await answer(submitted, name, checked.view, request, status: .unprocessableContent)
        }
        return try await saved(document, submitted, checked.view, request, undo: undo)
    }

    /// With scripts the editor stays as it is and learns which version it now has.
    private func saved(
        _ document: StudioLibrary.Document, _ submitted: SubmittedDocument, _ check: DocumentCheckView,
        _ request: Request, undo: Undo?
    ) async throws -> Response {
        guard request.isFromScript else {
            return Response(.seeOther, headers: ["Location": kind.path(document.name)])
        }
        var check = check
        check.saved = (document.hash, document.name)
        var response = Response.page(
            DocumentEditor.saved(
                check, as: document.name, document.hash, kind: kind, approvals: try await runtime.openRequestCount(),
                now: .now))
        let verb = submitted.intent == .publish ? "Saved and published" : "Saved"
        let said = Response.done(request, saying: "\(verb) as version \(document.hash.short)", back: "", undo: undo)
        response.headers["HX-Trigger"] = said.headers["HX-Trigger"]
        return response
    }

    private func refusal(
        _ name: String, _ submitted: SubmittedDocument, isSameName: Bool
    ) async throws -> DocumentCheckView.Refusal {
        let latest = try await library.latest(name)
        guard isSameName, let latest else {
            return DocumentCheckView.Refusal(
                message: "There is another \(kind.rawValue) \"\(name)\" already. Nothing was saved.",
                hint: "Give this one another name in the text.")
        }
        let difference = submitted.base.map { "\(kind.path(name, "diff"))?from=\($0.rawValue)&to=\(latest.rawValue)" }
        return DocumentCheckView.Refusal(
            message: "Somebody has saved another version meanwhile: \(latest.short). What you typed is still here.",
            hint: "See what changed, put into your text what you need of it, and save. Both versions are kept.",
            differencePath: difference, newer: latest)
    }

    /// The findings alone for the script, the whole page with what was typed for a browser without it.
    private func answer(
        _ submitted: SubmittedDocument, _ name: String?, _ check: DocumentCheckView, _ request: Request,
        status: Status = .ok
    ) async throws -> Response {
        guard !request.isFromScript else { return .page(DocumentEditor.checked(check, kind: kind), status: status) }
        var view = try await view(name, text: submitted.text, files: submitted.files)
        view.note = submitted.note
        view.base = submitted.base
        view.began = submitted.began
        view.check = check
        view.isTyped = true
        return .page(DocumentEditor.document(view), status: status)
    }

    private func view(
        _ name: String?, text: String, files: [DocumentEditorView.File]
    ) async throws -> DocumentEditorView {
        DocumentEditorView(
            kind: kind, name: name, text: text, files: files, approvals: try await runtime.openRequestCount(),
            now: .now)
    }

    private func source(_ submitted: SubmittedDocument, of name: String) async throws -> PlanSource {
        guard submitted.files.contains(where: { $0.contents == nil }), let began = submitted.began else {
            return submitted.source(kind: kind, kept: [:])
        }
        let kept = try await library.stored(name, version: began.rawValue).source.files
        return submitted.source(kind: kind, kept: kept)
    }
}

extension [DocumentEditorView.File] {
    fileprivate init(_ files: [String: String]) { self = Element.all(of: files) }
}
