internal import API
internal import Core
internal import Engine
internal import Plans
internal import Runtime
internal import Store

/// Fills the form that starts a task: from the address at first, later from what was sent.
struct ComposerLoader: Sendable {
    let runtime: Runtime
    let mode: ComposerMode
    /// The plan that the address names.
    var plan: String?
    /// The task that the address names.
    let from: String?
    let search: String
    var now = Timestamp.now

    /// How many are offered before somebody searches.
    static let picksMaximum = 50

    /// The page as it is first shown.
    func view() async throws -> ComposerView {
        var view = ComposerView(mode: mode, approvals: try await runtime.openRequestCount(), now: now)
        view.once = SubmittedForm.once()
        let options = FormOptions(runtime: runtime)
        switch mode {
        case .instructions:
            view.fields = try await instructions()
            view.notice = runtime.configuration.defaultModel == nil ? Self.noModel : nil
        case .plan:
            guard let plan else {
                view.picker = try await plans()
                return view
            }
            try await take(plan, &view)
        case .from:
            guard let from else {
                view.picker = try await tasks()
                return view
            }
            return try await taking(try await runtime.task(from), view)
        case .json:
            view.fields = [try await json()]
            if let plan { view.subject = ComposerView.Subject(plan: plan) }
            return view
        }
        view.options = try await options.fields()
        view.limits = options.limits()
        return view
    }

    private static let noModel = """
        The settings name no default model. Agents that name none themselves need one: say it under Model.
        """

    private func instructions() async throws -> [FormFieldView] {
        let agents = try await runtime.store.agents()
        let choices = agents.map { FormFieldView.Choice(text: $0.name, label: $0.name) }
        var agent = FormFieldView(
            name: FieldName.agent, label: "Agent", control: .choice(choices),
            rule: "Left empty, the planner picks a plan or an agent")
        agent.saysOptional = false
        let prompt = FormFieldView(
            name: FieldName.prompt, label: "Instructions", isRequired: true, control: .longText,
            rule: agents.isEmpty ? "No agent is saved in the library: the planner decides who follows them" : nil)
        return agents.isEmpty ? [prompt] : [prompt, agent]
    }

    private func take(_ name: String, _ view: inout ComposerView) async throws {
        let row = try await runtime.plan(named: name, .current)
        let definition = try runtime.definition(of: row)
        view.subject = ComposerView.Subject(plan: definition.name, summary: definition.summary)
        view.fields = definition.inputs.map { FormFieldView($0) }
    }

    /// The form with what a previous task was given.
    private func taking(_ task: TaskRow, _ empty: ComposerView) async throws -> ComposerView {
        var view = empty
        let origin = try await runtime.origin(of: task)
        let definition = try await runtime.plan(of: task)
        view.subject = ComposerView.Subject(
            plan: task.planName, summary: definition.summary, task: TaskLinkView(task),
            version: try await RestartLoader.version(of: task, runtime))
        view.fields = RestartLoader.fields(origin, definition)
        view.files = origin.files.map(UploadView.init)
        let options = FormOptions(runtime: runtime)
        view.options = try await options.fields(tags: origin.tags, model: origin.model)
        view.limits = options.limits(origin.limits)
        return view
    }

    private func json() async throws -> FormFieldView {
        var body: JSONObject = ["prompt": "What is to be done?"]
        let plans = try await runtime.savedPlans(containing: nil, isArchived: false)
        if let name = plan ?? plans.first?.plan.name {
            let definition = try runtime.definition(of: try await runtime.plan(named: name, .current))
            var inputs = JSONObject()
            for input in definition.inputs { inputs[input.name] = input.defaultValue ?? input.type.example }
            body = ["plan": .string(name), "inputs": .object(inputs)]
        }
        return Self.json(JSON.object(body).prettyText)
    }

    /// The field that holds the body of the request.
    static func json(_ text: String) -> FormFieldView {
        FormFieldView(
            name: FieldName.json, label: "Body of POST /api/tasks", isRequired: true, control: .json,
            initial: text,
            rule: "plan and inputs, or prompt and agent; name, tags, model, limits, priority, files")
    }
}

/// What there is to choose from.
extension ComposerLoader {
    private func plans() async throws -> PickerView {
        let found = try await runtime.savedPlans(containing: TaskSearchText(search), isArchived: false)
        let picks = found.prefix(Self.picksMaximum).map { saved in
            PickerView.Pick(
                path: "\(ComposerMode.plan.path)&plan=\(saved.plan.name)", name: saved.plan.name,
                summary: saved.latest.summary)
        }
        return PickerView(
            text: search, path: "/tasks/new", parameters: [("mode", mode.rawValue)], what: "plans",
            picks: Array(picks), total: found.count)
    }

    private func tasks() async throws -> PickerView {
        try await Self.tasks(
            search, runtime, path: "/tasks/new", parameters: [("mode", mode.rawValue)], now: now
        ) { "\(ComposerMode.from.path)&from=\($0.number.rawValue)" }
    }

    /// Tasks to choose from, the newest first.
    static func tasks(
        _ search: String, _ runtime: Runtime, path: String, parameters: [(name: String, value: String)] = [],
        texts: [String: String] = [:], now: Timestamp, leadingTo address: (TaskRow) -> String
    ) async throws -> PickerView {
        var texts = texts
        if !search.trimmed.isEmpty { texts["search"] = search }
        texts["size"] = String(picksMaximum)
        var view = PickerView(text: search, path: path, parameters: parameters, what: "tasks", picks: [], total: 0)
        do {
            let listing = try await runtime.tasks(try TaskQuery(texts: texts, now: now))
            view.total = listing.total
            view.picks = listing.tasks.map { task in
                PickerView.Pick(
                    path: address(task), name: task.name, summary: task.app ?? task.planName, number: task.number,
                    state: DisplayState(task), created: task.created)
            }
        } catch let error as SignalboxError where [.invalidInput, .limit].contains(error.code) {
            view.problem = error.sentence
        }
        return view
    }
}

extension InputType {
    /// Something of that type, to be written over.
    fileprivate var example: JSON {
        switch self {
        case .string: ""
        case .integer, .number: 0
        case .boolean: false
        case .array: []
        case .object: [:]
        case .any: nil
        }
    }
}

extension UploadView {
    init(_ file: TaskFile) {
        self.init(name: file.name, hash: file.hash, bytes: file.size, mediaType: file.mediaType)
    }
}
