internal import API
internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// The form that starts tasks: shown, shown again with what is wrong, and sent.
struct ComposerPages: Sendable {
    let runtime: Runtime
    let slots: UploadSlots

    func install(in router: inout Router) {
        router.get("/tasks/new") { .page(ComposerPage.document(try await loader($0).view())) }
        router.onStream(.post, "/tasks/new", bodyBytesMaximum: Limits.uploadBytesMaximum) { _ in
        } handler: {
            try await submit($0)
        }
        router.onStream(.post, "/tasks/new/check", bodyBytesMaximum: Limits.payloadBytesMaximum) { _ in
        } handler: {
            try await check($0)
        }
    }

    private func loader(_ request: Request) throws -> ComposerLoader {
        let word = request.query["mode"] ?? ComposerMode.instructions.rawValue
        guard let mode = ComposerMode(rawValue: word) else {
            throw SignalboxError(.notFound, "A new task has no mode \"\(word.prefix(40))\".")
        }
        return ComposerLoader(
            runtime: runtime, mode: mode, plan: request.query["plan"], from: request.query["from"],
            search: request.query["q"] ?? "")
    }

    private func submit(_ request: Request) async throws -> Response {
        let loader = try loader(request)
        let sent = try await SubmittedForm.read(request, runtime, slots)
        var view = try await loader.view()
        if let made = try await sent.repetition(request, for: view.path, runtime) { return made }
        let form = try await sent.withURLs(runtime, slots)
        if let made = try await form.repetition(of: sent, request, for: view.path, runtime) { return made }
        guard form.action == .start, view.picker == nil, form.urlProblems.isEmpty else {
            return .page(
                ComposerPage.document(try await redrawn(form, loader)),
                status: form.urlProblems.isEmpty ? .ok : .unprocessableContent)
        }
        view = view.filled(from: form)
        do {
            let receipt = try await start(view, form, loader, key: sent.idempotencyKey(for: view.path))
            return .moved(request, to: "/tasks/\(receipt.number.rawValue)")
        } catch let refusal as FormRefusal {
            view.refuse(refusal.errors)
            return .page(ComposerPage.document(view), status: refusal.status)
        }
    }

    private func start(
        _ view: ComposerView, _ form: SubmittedForm, _ loader: ComposerLoader, key: String?
    ) async throws -> Runtime.Receipt {
        if let from = loader.from, view.mode == .from {
            return try await again(try await runtime.task(from), form, names: view.names, key: key)
        }
        let body = try await body(of: form, mode: view.mode, plan: view.subject?.plan, names: view.names)
        // What cannot be read as a request at all has nothing else to be wrong.
        let isRead = view.mode != .json || body.errors.isEmpty
        let check = { if isRead { _ = try await runtime.check(try TaskRequest(body.json, idempotencyKey: nil)) } }
        return try await FormRefusal.from(body.errors, check: check) {
            var request = try TaskRequest(body.json, idempotencyKey: key)
            (request.trigger, request.keySaysAll) = (.user, true)
            return try await runtime.submit(request)
        }
    }

    /// What the API takes, made of the form.
    /// - Parameter keepsUnread: whether what cannot be read stands there as it was typed.
    func body(
        of form: SubmittedForm, mode: ComposerMode, plan: String?, names: Set<String>, keepsUnread: Bool = false
    ) async throws -> TaskFormBody {
        var body = TaskFormBody(form, names: names, keepsUnread: keepsUnread)
        switch mode {
        case .instructions:
            body.set("prompt", .string(form[FieldName.prompt] ?? ""))
            body.set("agent", form.text(FieldName.agent).map(JSON.string))
        case .plan, .from:
            if let plan {
                body.set("plan", .string(plan))
                body.addInputs(of: try runtime.definition(of: try await runtime.plan(named: plan, .current)))
            }
        case .json:
            body.addJSON(form[FieldName.json] ?? "")
            return body
        }
        body.addOptions()
        body.checkDuration(cap: runtime.configuration.agents.maxDurationMilliseconds)
        return body
    }

    /// A previous task once more: all of it runs, with what was changed.
    private func again(
        _ task: TaskRow, _ form: SubmittedForm, names: Set<String>, key: String?
    ) async throws -> Runtime.Receipt {
        var body = TaskFormBody(form, names: names)
        let origin = try await runtime.origin(of: task)
        body.addChanges(to: origin, plan: try await runtime.plan(of: task))
        body.checkDuration(cap: runtime.configuration.agents.maxDurationMilliseconds)
        return try await FormRefusal.from(body.errors) {
            var request = try AgainRequest.restart(body.json, idempotencyKey: key)
            (request.isEverything, request.trigger, request.keySaysAll) = (true, .user, true)
            return try await runtime.rerun(task, request)
        }
    }

    /// What is to be said of a body while somebody writes it.
    private func check(_ request: Request) async throws -> Response {
        let form = try await SubmittedForm.read(request, runtime, slots)
        let text = form[FieldName.json] ?? ""
        do {
            let made = try await runtime.check(try TaskRequest(try JSON(parsing: text), idempotencyKey: nil))
            return .page(JSONCheck.fine(plan: made.plan, name: made.name))
        } catch let error as SignalboxError where error.code != .storage && error.code != .unavailable {
            return .page(JSONCheck.problems(JSONMistake.all(of: error, in: text)))
        }
    }
}

/// Why a form was not taken.
struct FormRefusal: Error {
    var errors: FormErrors
    var status: Status = .unprocessableContent

    /// What `body` gives, unless something is wrong already; what it refuses is put to the fields.
    /// - Parameter check: finds out what else is wrong, so that all of it is said at once.
    static func from<Result>(
        _ errors: FormErrors, check: (() async throws -> Void)? = nil, _ body: () async throws -> Result
    ) async throws -> Result {
        var errors = errors
        do {
            if errors.isEmpty { return try await body() }
            try await check?()
            throw FormRefusal(errors: errors)
        } catch let error as SignalboxError where Self.codes.contains(error.code) {
            errors.note(error)
            throw FormRefusal(errors: errors, status: Self.isTrouble(error) ? error.code.status : .unprocessableContent)
        }
    }

    /// Whether it is the server that cannot, and not the form that is wrong.
    static func isTrouble(_ error: SignalboxError) -> Bool { [.storage, .unavailable].contains(error.code) }

    private static let codes: [SignalboxError.Code] = [
        .invalidInput, .invalidPlan, .invalidJSON, .expression, .notFound, .gone, .conflict, .limit, .configuration,
        .storage, .unavailable,
    ]
}
