internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// Publishes versions of plans as apps, and archives apps.
struct AppFormPages: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/plans/{name}/app", handler: open)
        router.post("/plans/{name}/app", handler: publish)
        router.post("/plans/{name}/app/archive") { try await archive($0, undo: false) }
        router.post("/plans/{name}/app/restore") { try await archive($0, undo: true) }
        router.post("/plans/{name}/app/earlier", handler: takeBack)
    }

    private func open(_ request: Request) async throws -> Response {
        let name = request.pathParameter("name")
        if let app = request.query["app"] { return .page(AppFormPage.document(try await view(ofApp: app, plan: name))) }
        let version = try request.query["version"].map { try PlanVersionChoice($0) } ?? .current
        let row = try await runtime.plan(named: name, version)
        let plan = try PlanReader.readStored(row.source)
        let taken = try await runtime.store.app(name)
        // Who publishes again under the plan's own name goes on from what is there.
        if let taken, taken.planName == name {
            var view = try await view(ofApp: name, plan: name)
            view.version = row.hash
            return .page(AppFormPage.document(view))
        }
        let view = AppFormView(
            plan: name, version: row.hash, name: taken == nil ? name : "", summary: plan.summary ?? "",
            parameters: plan.inputs.map { AppFormView.Parameter(AppParameter(for: $0)) },
            approvals: try await runtime.openRequestCount(), now: .now)
        return .page(AppFormPage.document(view))
    }

    /// The form of an app as it is, with inputs that its plan has got meanwhile.
    private func view(ofApp name: String, plan: String) async throws -> AppFormView {
        let app = try await runtime.app(name)
        guard app.planName == plan else {
            throw SignalboxError(.notFound, "The app \"\(name.prefix(64))\" is not of the plan \"\(plan.prefix(64))\".")
        }
        return AppFormView(
            plan: plan, version: app.planHash, app: name, name: name, summary: app.summary ?? "",
            parameters: try app.parameterList.map(AppFormView.Parameter.init), seen: app.hash,
            approvals: try await runtime.openRequestCount(), now: .now)
    }

    private func publish(_ request: Request) async throws -> Response {
        let form = try request.form()
        let plan = request.pathParameter("name")
        guard let version = form["version"].flatMap({ ContentHash(rawValue: $0) }) else {
            throw SignalboxError(.invalidInput, "Nothing says which version is to be published.")
        }
        let read = try PlanReader.readStored(try await runtime.plan(named: plan, .digits(version.rawValue)).source)
        let app = form["app"].flatMap { $0.isEmpty ? nil : $0 }
        var view = AppFormView(
            plan: plan, version: version, app: app, name: (form["name"] ?? "").trimmed,
            summary: (form["description"] ?? "").plainBreaks.trimmed,
            parameters: AppFormView.Parameter.all(in: form), seen: form["seen"].flatMap { ContentHash(rawValue: $0) },
            approvals: try await runtime.openRequestCount(), now: .now)
        let (before, isNew): (AppRow?, Bool)
        do {
            let drafts = view.parameters.map { AppParameterDraft($0, of: read) }
            let isSame = view.seen != nil && view.name == app
            let condition: VersionCondition =
                isSame ? .isOneOf(Set(view.seen.map { [SeenVersion($0)] } ?? [])) : .isMissing
            before = try await runtime.store.app(view.name)
            isNew = try await runtime.publish(
                AppPublication(
                    name: view.name, plan: plan, version: .digits(version.rawValue), summary: view.summary,
                    parameters: drafts, author: runtime.decider), if: condition)
        } catch let error as SignalboxError
            where [.invalidInput, .limit, .conflict, .storage, .unavailable].contains(error.code)
        {
            view.refuse(error)
            let status = FormRefusal.isTrouble(error) ? error.code.status : .unprocessableContent
            return .page(AppFormPage.document(view), status: status)
        } catch let error as SignalboxError where error.code == .preconditionFailed {
            view.errors["name"] =
                view.name == app
                ? "Somebody has changed this app meanwhile. Open the form again to go on from that."
                : "There is an app of this name already."
            return .page(AppFormPage.document(view), status: .preconditionFailed)
        }
        let path = DocumentKind.plan.path(plan)
        guard isNew else { return .moved(request, to: path) }
        let said = before == nil ? "Published the app \(view.name)" : "Published the change of \(view.name)"
        let undo = try Undo(publicationOf: try await runtime.app(view.name), before: before)
        return .moved(request, to: path, saying: said, undo: undo)
    }

    /// Publishes an app again as it was before a change, if nobody has changed it since.
    private func takeBack(_ request: Request) async throws -> Response {
        let form = try request.form()
        let (plan, app) = (request.pathParameter("name"), form["app"] ?? "")
        do {
            var publication = try AppPublication(earlier: form["before"], name: app, plan: plan)
            publication.author = runtime.decider
            _ = try await runtime.publish(publication, if: Self.condition(form))
        } catch let error as SignalboxError where request.isFromScript && error.code != .storage {
            return .refused(Self.sentence(error, of: app))
        }
        return .reloaded(request, at: DocumentKind.plan.path(plan), saying: "The app \(app) is as it was before")
    }

    /// Whether an app still is the one that is to be taken back.
    private static func condition(_ form: Query) -> VersionCondition? {
        form["seen"].flatMap { ContentHash(rawValue: $0) }.map { .isOneOf([SeenVersion($0)]) }
    }

    private static func sentence(_ error: SignalboxError, of app: String) -> String {
        guard error.code == .preconditionFailed else { return error.message }
        return "Nothing was taken back: somebody has changed the app \(app) meanwhile."
    }

    private func archive(_ request: Request, undo: Bool) async throws -> Response {
        let form = try request.form()
        let app = form["app"] ?? ""
        let plan = request.pathParameter("name")
        do {
            try await runtime.archiveApp(app, undo: undo, if: Self.condition(form))
        } catch let error as SignalboxError where request.isFromScript && error.code != .storage {
            return .refused(Self.sentence(error, of: app))
        }
        return .reloaded(
            request, at: DocumentKind.plan.path(plan),
            saying: undo ? "The app \(app) is back" : "Archived the app \(app)",
            undo: undo ? nil : Undo(DocumentKind.plan.path(plan, "app/restore"), ["app": app]))
    }
}

extension AppFormView {
    /// Puts each thing that is wrong where it was typed.
    fileprivate mutating func refuse(_ error: SignalboxError) {
        let found =
            error.diagnostics.isEmpty
            ? [Diagnostic(error.message, at: error.place ?? .pointer(""), hint: error.hint)] : error.diagnostics
        for finding in found {
            let field = Self.field(of: finding.place)
            let text = field == "name" && name.isEmpty ? "Fill this in." : Self.sentence(finding)
            errors[field] = errors[field].map { "\($0)\n\(text)" } ?? text
        }
    }

    /// What is wrong and what helps, each as a sentence.
    private static func sentence(_ finding: Diagnostic) -> String {
        [finding.message, finding.hint].compactMap(\.self).map { words in
            Format.capitalized(words) + (".!?".contains(words.last ?? " ") ? "" : ".")
        }.joined(separator: " ")
    }

    /// `/parameters/0/default` is the field `default-0`.
    private static func field(of place: Place) -> String {
        guard case .pointer(let pointer) = place else { return "" }
        let parts = pointer.split(separator: "/").map(String.init)
        if parts.count == 1, ["name", "description"].contains(parts[0]) { return parts[0] }
        guard parts.count >= 3, parts[0] == "parameters", Int(parts[1]) != nil else { return "" }
        let names = ["type": "type", "default": "default", "choices": "choices", "required": "required"]
        return names[parts[2]].map { "\($0)-\(parts[1])" } ?? ""
    }
}

extension AppFormView.Parameter {
    init(_ parameter: AppParameter) {
        self.init(
            name: parameter.name, input: parameter.input, kind: parameter.kind.rawValue,
            summary: parameter.summary ?? "", isRequired: parameter.isRequired,
            defaultText: parameter.defaultValue.map { $0.stringValue ?? $0.text } ?? "",
            choices: parameter.choices.map { $0.stringValue ?? $0.text }.joined(separator: "\n"))
    }

    /// What was typed for each.
    fileprivate static func all(in form: Query) -> [AppFormView.Parameter] {
        zip(form.all("parameter"), form.all("input")).enumerated().map { number, names in
            func text(_ name: String) -> String {
                (form["\(name)-\(number)"] ?? "").plainBreaks
            }
            return AppFormView.Parameter(
                name: names.0, input: names.1.isEmpty ? nil : names.1, kind: text("type"), summary: text("summary"),
                isRequired: form["required-\(number)"] != nil, defaultText: text("default"), choices: text("choices"))
        }
    }
}

extension AppParameterDraft {
    /// What was typed, as values that fit the input.
    fileprivate init(_ parameter: AppFormView.Parameter, of plan: Plan) {
        let kind = AppParameter.Kind(rawValue: parameter.kind)
        let isText = plan.inputs.first { $0.name == parameter.input }?.type == .string
        func value(_ text: String) -> JSON {
            guard !isText else { return .string(text) }
            do {
                return try JSON(parsing: text)
            } catch {
                return .string(text)
            }
        }
        let choices = parameter.choices.split(separator: "\n").map { value(String($0).trimmed) }
        let isValue = kind == .number || kind == .choice
        let written = parameter.defaultText
        // `nil` would be the JSON value of that name.
        var standard = JSON?.none
        if !written.trimmed.isEmpty { standard = isValue ? value(written.trimmed) : .string(written) }
        self.init(
            name: parameter.name, kind: kind, summary: parameter.summary.isEmpty ? nil : parameter.summary,
            isRequired: parameter.isRequired,
            defaultValue: standard,
            choices: kind == .choice || !choices.isEmpty ? choices : nil, input: parameter.input)
    }
}
