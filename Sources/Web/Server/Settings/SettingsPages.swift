internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// The pages of the settings and their forms.
struct SettingsPages: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/settings", handler: page)
        router.post("/settings/values/{name}") { request in
            let text = try request.form()["value"] ?? ""
            return try await write(request, text)
        }
        router.post("/settings/values/{name}/reset") { try await write($0, nil) }
        router.get("/settings/prices", handler: prices)
        SecretPages(runtime: runtime).install(in: &router)
        OutsidePages(runtime: runtime).install(in: &router)
    }

    private func page(_ request: Request) async throws -> Response { try await page(replacing: nil, status: .ok) }

    /// - Parameter refused: a setting as it was typed, with what is wrong.
    private func page(replacing refused: SettingView?, status: Status) async throws -> Response {
        let (file, states) = try await runtime.settings()
        let models = try await modelNames()
        let views = states.map { state in
            refused.flatMap { $0.name == state.definition.name ? $0 : nil } ?? SettingView(state, models: models)
        }
        let html = SettingsPage.document(
            views, file: file, approvals: try await runtime.openRequestCount(), now: .now)
        return .page(html, status: status)
    }

    private func modelNames() async throws -> [String] {
        try await runtime.providers().flatMap(\.models)
    }

    /// - Parameter text: nil to take it out of the file.
    private func write(_ request: Request, _ text: String?) async throws -> Response {
        let form = try request.form()
        let name = request.pathParameter("name")
        let seen = form["seen"].flatMap { ContentHash(rawValue: $0) }
        let isUndone = form["undo"] == "1"
        let models = try await modelNames()
        let before = SettingView(try await runtime.setting(name), models: models)
        do {
            try await runtime.write(
                setting: name, text.map { .string($0.trimmed) },
                if: seen.map { .isOneOf([SeenVersion($0)]) })
        } catch let error as SignalboxError
            where [.invalidInput, .configuration, .preconditionFailed].contains(error.code)
        {
            let isStale = error.code == .preconditionFailed
            var view = SettingView(try await runtime.setting(name), models: models)
            view.fieldText = text ?? view.fieldText
            view.problem =
                isStale
                ? "Somebody has changed it meanwhile; nothing was saved. Save again to put yours in its place."
                : error.sentence
            let status = isStale ? Status.preconditionFailed : .unprocessableContent
            if isUndone, let problem = view.problem { return .refused(problem) }
            guard request.isFromScript else { return try await page(replacing: view, status: status) }
            return .page(SettingsPage.row(view), status: status)
        }
        let after = SettingView(try await runtime.setting(name), models: models)
        let words = text == nil ? "\(name) is back at its default" : "Saved \(name)"
        let said = Response.done(
            request, saying: "\(isUndone ? "\(name) is as it was" : words): it counts from the next start",
            back: "/settings",
            undo: isUndone ? nil : Undo(to: before, from: after))
        guard request.isFromScript else { return said }
        var response = Response.page(SettingsPage.changed(after))
        response.headers["HX-Trigger"] = said.headers["HX-Trigger"]
        return response
    }

    private func prices(_ request: Request) async throws -> Response {
        let table = runtime.priceSummary
        let used = try await runtime.taskCounts(.model).map { count in
            let model = count.value.text
            return PricesView.Used(
                model: model, taskCount: count.count, list: runtime.priceList(of: model),
                isScript: model == "script" || model.hasPrefix("script/"))
        }
        return .page(
            PricesPage.document(
                PricesView(
                    version: table.version, lists: table.lists.map { ($0.name, $0.modelCount) }, used: used,
                    approvals: try await runtime.openRequestCount(), now: .now)))
    }
}

extension Undo {
    /// Lets the settings file say what it said before; nil where that is the same.
    fileprivate init?(to before: SettingView, from after: SettingView) {
        guard before.version != after.version else { return nil }
        let path = "/settings/values/\(Escape.part(before.name))"
        var fields = ["seen": after.version.rawValue, "undo": "1"]
        if before.isInFile { fields["value"] = before.fieldText }
        self.init(before.isInFile ? path : "\(path)/reset", fields)
    }
}

extension SettingView {
    init(_ state: SettingState, models: [String]) {
        let setting = state.definition
        let origin = state.inForce.origin
        var refusal: String?
        if !setting.isWritable {
            refusal = "Only a flag or \(setting.variable) can say it: the file stands inside of what it names."
        } else if origin.hasPrefix("--") {
            refusal = "The server was started with \(origin), which goes before the settings file."
        } else if origin == setting.variable {
            refusal = "The environment variable \(origin) is set, which goes before the settings file."
        }
        let control: Control
        switch setting.kind {
        case .choice(let words): control = .choice(words)
        case .integer, .limit, .days, .cost: control = .number
        case .model: control = .model(models)
        case .text, .user, .networks: control = .text
        }
        let coming = (state.next ?? state.inForce).value
        self.init(
            name: setting.name, meaning: setting.meaning, rule: setting.rule, defaultText: setting.defaultText,
            value: state.inForce.value,
            origin: origin == "default"
                ? .standard : origin.hasPrefix("--") || origin == setting.variable ? .other(origin) : .file,
            next: state.next?.value, isInFile: state.inFile != nil, refusal: refusal, control: control,
            fieldText: setting.text(inFile: state.inFile) ?? setting.fieldText(of: coming), version: state.version)
    }
}

extension SettingDefinition {
    /// What the file says, as somebody would type it.
    fileprivate func text(inFile value: JSON?) -> String? {
        value.map { value in
            if value.isNull { return fieldText(of: kind == .days(1...36_500) ? "forever" : "none") }
            return value.stringValue ?? value.text
        }
    }

    /// A value in words as somebody would type it: days are a number.
    fileprivate func fieldText(of words: String) -> String {
        if case .days = kind, words.hasSuffix(" days") { return String(words.dropLast(5)) }
        // What is no value but a description of one is not typed.
        if case .model = kind, words == fallbackWords { return "" }
        if case .text = kind, words == fallbackWords { return "" }
        return words
    }
}
