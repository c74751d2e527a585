internal import API
internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// Published apps: found by search, filled in, run.
struct PlaygroundPages: Sendable {
    let runtime: Runtime
    let slots: UploadSlots

    func install(in router: inout Router) {
        router.get("/playground") { .page(PlaygroundPage.document(try await list($0))) }
        router.get("/playground/{app}") { request in
            .page(PlaygroundPage.document(try await view(of: try await app(request), SubmittedForm())))
        }
        router.onStream(.post, "/playground/{app}", bodyBytesMaximum: Limits.uploadBytesMaximum) { _ in
        } handler: {
            try await run($0)
        }
    }

    private func list(_ request: Request) async throws -> PlaygroundView {
        let search = request.query["q"] ?? ""
        let apps = try await runtime.apps(containing: TaskSearchText(search), isArchived: false)
        var view = PlaygroundView(approvals: try await runtime.openRequestCount(), now: .now)
        let picks = apps.prefix(ComposerLoader.picksMaximum).map { app in
            PickerView.Pick(path: "/playground/\(app.name)", name: app.name, summary: app.summary)
        }
        view.picker = PickerView(
            text: search, path: "/playground", what: "apps", picks: Array(picks), total: apps.count)
        return view
    }

    private func app(_ request: Request) async throws -> AppRow {
        let app = try await runtime.app(request.pathParameter("app"))
        guard app.archivedAt == nil else {
            throw SignalboxError(.notFound, "The app \"\(app.name)\" is archived.")
        }
        return app
    }

    private func view(of app: AppRow, _ form: SubmittedForm) async throws -> PlaygroundView {
        var view = PlaygroundView(approvals: try await runtime.openRequestCount(), now: .now)
        view.once = form[FieldName.once] ?? SubmittedForm.once()
        view.app = PlaygroundView.App(
            name: app.name, summary: app.summary, plan: app.planName, publishedAt: app.publishedAt, author: app.author)
        view.fields = try app.parameterList.map { parameter in
            if let field = FormFieldView(parameter) { return .value(field) }
            let target = FieldName.parameter(parameter.name)
            return .file(
                target: target, label: parameter.name, summary: parameter.summary, isRequired: parameter.isRequired,
                files: Array(form.files(target).suffix(1)))
        }
        let options = FormOptions(runtime: runtime)
        view.options = try await options.fields()
        view.limits = options.limits()
        return view
    }

    private func run(_ request: Request) async throws -> Response {
        let app = try await app(request)
        let sent = try await SubmittedForm.read(request, runtime, slots)
        let path = "/playground/\(app.name)"
        if let made = try await sent.repetition(request, for: path, runtime) { return made }
        let form = try await sent.withURLs(runtime, slots)
        if let made = try await form.repetition(of: sent, request, for: path, runtime) { return made }
        var view = try await view(of: app, form)
        view.state.typed = form.fields
        view.state.note(urlOf: form)
        guard form.action == .start, form.urlProblems.isEmpty else {
            return .page(
                PlaygroundPage.document(view), status: form.urlProblems.isEmpty ? .ok : .unprocessableContent)
        }
        do {
            var body = TaskFormBody(form, names: view.names)
            body.addOptions()
            let plan = try await runtime.store.plan(app.planHash).map { try runtime.definition(of: $0) }
            body.addParameters(try app.parameterList, of: plan)
            body.checkDuration(cap: runtime.configuration.agents.maxDurationMilliseconds)
            let json = body.json
            let check = {
                _ = try await runtime.check(try TaskRequest(ofApp: app.name, json, idempotencyKey: nil))
            }
            let receipt = try await FormRefusal.from(body.errors, check: check) {
                let key = sent.idempotencyKey(for: path)
                var asked = try TaskRequest(ofApp: app.name, json, idempotencyKey: key)
                (asked.trigger, asked.keySaysAll) = (.user, true)
                return try await runtime.submit(asked)
            }
            return .moved(request, to: "/tasks/\(receipt.number.rawValue)")
        } catch let refusal as FormRefusal {
            (view.state.errors, view.state.message) = (refusal.errors.errors, refusal.errors.message)
            view.state.focus = view.allFields.first { view.state.errors[$0.name] != nil }?.name
            return .page(PlaygroundPage.document(view), status: refusal.status)
        }
    }
}

extension PlaygroundView {
    fileprivate var allFields: [FormFieldView] {
        let own = fields.compactMap { if case .value(let field) = $0 { field } else { nil } }
        return own + options + limits
    }

    fileprivate var names: Set<String> {
        let targets = fields.compactMap { if case .file(let target, _, _, _, _) = $0 { target } else { nil } }
        return Set(allFields.map(\.name) + targets)
    }
}

extension TaskFormBody {
    /// What was filled in for the parameters of an app.
    /// - Parameter plan: the plan whose inputs get it.
    fileprivate mutating func addParameters(_ parameters: [AppParameter], of plan: Plan?) {
        var values = JSONObject()
        let whole = Set((plan?.inputs ?? []).filter { $0.type == .integer }.map(\.name))
        for parameter in parameters {
            let name = FieldName.parameter(parameter.name)
            if parameter.kind == .file {
                guard let file = form.files(name).last else { continue }
                values[parameter.name] = ["name": .string(file.name), "sha256": .string(file.hash.rawValue)]
            } else if let typed = form[name], !typed.allSatisfy(\.isWhitespace) {
                let isWhole = parameter.kind == .number && parameter.input.map(whole.contains) == true
                let text = parameter.kind == .longText ? typed : typed.trimmed
                let value = parameter.value(fromText: isWhole ? text.ungrouped : text)
                values[parameter.name] = value
                guard parameter.kind == .number, let text = value.stringValue else { continue }
                errors.note(TypedNumber.refusal(of: text), at: .pointer(name), hint: TypedNumber.hint(for: text))
            }
        }
        set("parameters", .object(values))
    }
}
