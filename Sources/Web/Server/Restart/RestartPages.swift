internal import API
internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// Edit & restart: the form, its preview, and what it makes.
struct RestartPages: Sendable {
    let runtime: Runtime
    let slots: UploadSlots

    func install(in router: inout Router) {
        router.get("/tasks/{number}/restart", handler: show)
        router.get("/tasks/{number}/restart/output", handler: output)
        router.get("/tasks/{number}/restart/outputs", handler: furtherOutputs)
        router.onStream(.post, "/tasks/{number}/restart", bodyBytesMaximum: Limits.uploadBytesMaximum) { _ in
        } handler: {
            try await submit($0)
        }
        router.onStream(.post, "/tasks/{number}/restart/preview", bodyBytesMaximum: Limits.payloadBytesMaximum) { _ in
        } handler: { request in
            let form = try await SubmittedForm.read(request, runtime, slots)
            let task = try await runtime.task(request.pathParameter("number"))
            return .page(PreviewPanel.content(try await preview(task, form)))
        }
    }

    private func show(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("number"))
        let edited = request.query.all("step").map(StepPath.init(rawValue:))
        var view = try await RestartLoader(runtime: runtime, task: task).view(
            editing: edited, after: Self.count(request))
        if view.refusal == nil { view.preview = try await preview(task, nil) }
        return .page(RestartPage.document(view))
    }

    /// The field in which the output of one step is changed.
    private func output(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("number"))
        let step = StepPath(rawValue: request.query["step"] ?? "")
        guard let row = try await runtime.store.step(step, of: task.number) else {
            throw SignalboxError(.notFound, "Task \(task.number) has no step \"\(step.rawValue.prefix(64))\".")
        }
        let output = try await RestartLoader(runtime: runtime, task: task).output(of: row)
        return .page(
            RecordedOutput.render(output, path: "/tasks/\(task.number.rawValue)/restart", FormStateView()))
    }

    /// How many finished steps stand before those that are shown.
    private static func count(_ request: Request) -> Int { max(0, request.query["after"].flatMap { Int($0) } ?? 0) }

    /// More finished steps whose outputs can be changed.
    private func furtherOutputs(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("number"))
        let count = Self.count(request)
        let found = try await RestartLoader(runtime: runtime, task: task).outputs(after: count)
        return .page(
            RecordedOutput.list(
                found.outputs, hidden: found.hidden, after: count, path: "/tasks/\(task.number.rawValue)/restart",
                FormStateView()))
    }

    private func submit(_ request: Request) async throws -> Response {
        let task = try await runtime.task(request.pathParameter("number"))
        let sent = try await SubmittedForm.read(request, runtime, slots)
        var view = try await RestartLoader(runtime: runtime, task: task).view(editing: sent.editedSteps)
        if let made = try await sent.repetition(request, for: view.path, runtime) { return made }
        let form = try await sent.withURLs(runtime, slots)
        if let made = try await form.repetition(of: sent, request, for: view.path, runtime) { return made }
        guard view.refusal == nil else { return .page(RestartPage.document(view), status: .conflict) }
        view.state.typed = form.fields
        view.files = form.files()
        view.once = form[FieldName.once] ?? view.once
        view.state.note(urlOf: form)
        if form.action != .start || !form.urlProblems.isEmpty {
            view.preview = try await preview(task, form)
            let isWrong = !form.urlProblems.isEmpty
            return .page(RestartPage.document(view), status: isWrong ? .unprocessableContent : .ok)
        }
        do {
            let body = try await body(of: form, task, names: Set(view.allFields.map(\.name)).union([FieldName.files]))
            let json = body.json
            let check = { _ = try await runtime.preview(task, try AgainRequest.restart(json, idempotencyKey: nil)) }
            let receipt = try await FormRefusal.from(body.errors, check: check) {
                var asked = try AgainRequest.restart(json, idempotencyKey: sent.idempotencyKey(for: view.path))
                (asked.trigger, asked.keySaysAll) = (.user, true)
                return try await runtime.restart(task, asked)
            }
            return .moved(request, to: "/tasks/\(receipt.number.rawValue)")
        } catch let refusal as FormRefusal {
            view.state.errors = refusal.errors.errors
            let sentences = [refusal.errors.message, refusal.errors.errors[FieldName.files]].compactMap(\.self)
            view.state.message = sentences.isEmpty ? nil : sentences.joined(separator: "\n")
            view.state.focus = view.allFields.first { refusal.errors.errors[$0.name] != nil }?.name
            view.preview = try await preview(task, form)
            return .page(RestartPage.document(view), status: refusal.status)
        }
    }

    /// What differs from the original, as the API takes it.
    private func body(of form: SubmittedForm, _ task: TaskRow, names: Set<String>) async throws -> TaskFormBody {
        var body = TaskFormBody(form, names: names)
        let origin = try await runtime.origin(of: task)
        body.addChanges(to: origin, plan: try await runtime.plan(of: task))
        if form.text(FieldName.name) == task.name { body.remove("name") }
        body.checkDuration(cap: runtime.configuration.agents.maxDurationMilliseconds)
        var outputs = JSONObject()
        for step in form.editedSteps {
            let recorded = try await runtime.recordedOutput(of: step, of: task)
            if let changed = body.output(of: step, recorded: recorded) { outputs[step.rawValue] = changed }
        }
        if !outputs.isEmpty { body.set("outputs", .object(outputs)) }
        return body
    }

    /// What a restart would do; mistakes are part of it.
    /// - Parameter form: nil for the form as it is first shown.
    private func preview(_ task: TaskRow, _ form: SubmittedForm?) async throws -> RestartPreviewView {
        var view = RestartPreviewView()
        do {
            var json: JSON = [:]
            if let form {
                let body = try await body(of: form, task, names: [])
                if let message = body.errors.message { view.problem = message }
                json = body.json
            }
            guard view.problem == nil else { return view }
            let preview = try await runtime.preview(task, try AgainRequest.restart(json, idempotencyKey: nil))
            return RestartPreviewView(preview)
        } catch let error as SignalboxError where error.code != .storage && error.code != .unavailable {
            var errors = FormErrors(names: [])
            errors.note(error)
            view.problem = errors.message
            return view
        }
    }
}

extension SubmittedForm {
    /// The steps whose outputs the form has.
    var editedSteps: [StepPath] {
        fields.keys.filter { $0.hasPrefix("/outputs/") }.sorted().map { name in
            let escaped = String(name.dropFirst("/outputs/".count))
            return StepPath(rawValue: escaped.replacing("~1", with: "/").replacing("~0", with: "~"))
        }
    }
}

extension RestartPreviewView {
    init(_ preview: Runtime.AgainPreview) {
        self.init()
        reusedTotal = preview.plan.reusedTotal
        againTotal = preview.plan.againTotal
        reused = preview.plan.reused.prefix(Limits.previewStepsMaximum).map {
            Reused(
                step: $0.path, kind: $0.kind, milliseconds: $0.milliseconds, nanoDollars: $0.cost.rawValue,
                isEdited: $0.isEdited)
        }
        again = preview.plan.again.prefix(Limits.previewStepsMaximum).map {
            Again(step: $0.path, kind: $0.kind, reason: $0.reason.description)
        }
        savedMilliseconds = preview.plan.savedMilliseconds
        savedNanoDollars = preview.plan.savedCost.rawValue
        difference = preview.difference
        droppedInputs = preview.droppedInputs
    }
}
