internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

extension ComposerPages {
    /// The form in another mode, with another plan or with other files: what was typed goes along, also what has no field
    /// in the new mode.
    func redrawn(_ form: SubmittedForm, _ loader: ComposerLoader) async throws -> ComposerView {
        let was = form[FieldName.shownMode].flatMap(ComposerMode.init)
        let carried = CarriedText(form)
        var loader = loader
        if was == .json, loader.mode == .plan, loader.plan == nil, let plan = carried?.plan,
            try await definition(of: plan) != nil
        {
            loader.plan = plan
        }
        var view = try await loader.view()
        if view.picker != nil {
            view.files = form.files()
            view.left = (was ?? loader.mode, form[FieldName.shownPlan])
            return view.carrying(form)
        }
        guard let was, was != view.mode else { return view.filled(from: form) }
        switch view.mode {
        case .json: return try await written(view, form, carried, was: was)
        case .from:
            // The task that is repeated has its own; only what was said besides is added.
            let (files, limits) = (view.files, FieldName.limit(""))
            var said = form
            said.keep { field in
                let isOfPlan = field.key.hasPrefix("/inputs/") || field.key.hasPrefix(FieldName.boxPrefix)
                return !field.value.isEmpty && !isOfPlan && !field.key.hasPrefix(limits)
            }
            view = view.filled(from: said).carrying(form)
            view.files = files + form.files().filter { file in !files.contains { $0.name == file.name } }
            return view
        case .instructions, .plan:
            view = view.filled(from: form)
            guard was == .json, let carried else { return view }
            let definition = try await definition(of: view.subject?.plan)
            return judged(view.filled(from: carried, definition), definition)
        }
    }

    /// With what is wrong with what stands in the fields: of a request that was written as JSON nobody has said it there.
    private func judged(_ view: ComposerView, _ definition: Plan?) -> ComposerView {
        var view = view
        var form = SubmittedForm()
        for (name, text) in view.state.typed ?? [:] { form.add(name, text) }
        var body = TaskFormBody(form, names: view.names)
        body.addLimits()
        body.checkDuration(cap: runtime.configuration.agents.maxDurationMilliseconds)
        if let definition { body.addInputs(of: definition) }
        view.state.errors.merge(body.errors.errors) { told, _ in told }
        return view
    }

    /// The request as JSON, made of what was typed, or changed by it where there was one before.
    private func written(
        _ view: ComposerView, _ form: SubmittedForm, _ carried: CarriedText?, was: ComposerMode
    ) async throws -> ComposerView {
        var view = view
        let plan = form[FieldName.shownPlan]
        var body = try await body(of: form, mode: was, plan: plan, names: [], keepsUnread: true)
        // Files stay beside the text, so that they are there in every mode.
        body.remove("files")
        let definition = try await definition(of: was == .instructions ? nil : plan)
        let text = carried?.text(with: body.members, of: form, mode: was, definition: definition)
        view.fields = [ComposerLoader.json(text ?? body.json.prettyText)]
        view.files = form.files()
        return view.carrying(form)
    }

    /// The saved plan of that name; nil for none.
    private func definition(of plan: String?) async throws -> Plan? {
        guard let plan else { return nil }
        do {
            return try runtime.definition(of: try await runtime.plan(named: plan, .current))
        } catch let error as SignalboxError where [.notFound, .invalidInput].contains(error.code) {
            return nil
        }
    }
}
