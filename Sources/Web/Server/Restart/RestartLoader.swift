internal import API
internal import Core
internal import Engine
internal import Plans
internal import Runtime
internal import Store

/// Fills the form that restarts a task from what the original was given and has made.
struct RestartLoader: Sendable {
    let runtime: Runtime
    let task: TaskRow
    var now = Timestamp.now

    /// How many finished steps are offered.
    private static let outputsMaximum = 100
    /// A longer output is changed elsewhere, in bytes.
    private static let editedBytesMaximum = 256 << 10

    /// - Parameter edited: steps whose outputs are to be changed.
    func view(editing edited: [StepPath] = []) async throws -> RestartView {
        var view = RestartView(
            task: TaskLinkView(task), plan: task.planName, approvals: try await runtime.openRequestCount(), now: now)
        view.once = SubmittedForm.once()
        view.notice = Self.notice(trigger: task.trigger)
        guard task.ended != nil else {
            view.refusal = "Finish, cancel or kill this task first."
            return view
        }
        let origin = try await runtime.origin(of: task)
        let plan = try await runtime.plan(of: task)
        view.summary = plan.summary
        view.version = try await Self.version(of: task, runtime)
        view.fields = Self.fields(origin, plan)
        view.files = origin.files.map(UploadView.init)
        let options = FormOptions(runtime: runtime)
        view.options = try await options.fields(name: task.name, tags: task.tags, model: origin.model)
        view.limits = options.limits(origin.limits)
        try await addOutputs(to: &view, editing: edited)
        return view
    }

    /// The inputs of a plan as a task had them; of free instructions these alone.
    static func fields(_ origin: TaskOrigin, _ plan: Plan) -> [FormFieldView] {
        guard origin.source == .prompt else {
            return plan.inputs.map { FormFieldView($0, value: origin.inputs[$0.name]) }
        }
        return plan.inputs.filter { $0.name == "prompt" }.map { input in
            var field = FormFieldView(input, value: origin.inputs[input.name])
            (field.label, field.control) = ("Instructions", .longText)
            return field
        }
    }

    /// Which version of the plan is to run; nil where there is no other.
    static func version(of task: TaskRow, _ runtime: Runtime) async throws -> FormFieldView? {
        guard let saved = try await runtime.store.plan(named: task.planName), saved.hash != task.planHash else {
            return nil
        }
        return FormFieldView(
            name: "/plan", label: "Plan", isRequired: true,
            control: .choice([
                FormFieldView.Choice(text: "as_it_was", label: "As it was"),
                FormFieldView.Choice(text: "as_it_is", label: "As it is now"),
            ]), initial: "as_it_was")
    }

    /// A task that came of itself comes again of itself, whatever becomes of its restart.
    static func notice(trigger: String) -> String? {
        let what: String
        switch trigger {
        case "schedule": what = "a schedule"
        case "heartbeat": what = "a heartbeat"
        case "consolidation": what = "a consolidation"
        default: return nil
        }
        return """
            This task was born from \(what). Its restart is an ordinary task of yours: \(what) goes on by itself and is not \
            changed. What it had set for this task, such as its model, is copied into the form.
            """
    }

    private func addOutputs(to view: inout RestartView, editing edited: [StepPath]) async throws {
        let rows = try await runtime.store.steps(of: task.number).filter { $0.status == "completed" }
            .sorted { ($0.path.ancestors.count, $0.ordinal) < ($1.path.ancestors.count, $1.ordinal) }
        view.hiddenOutputs = max(0, rows.count - Self.outputsMaximum)
        var shown = Array(rows.prefix(Self.outputsMaximum))
        shown += rows.dropFirst(Self.outputsMaximum).filter { edited.contains($0.path) }
        for row in shown {
            view.outputs.append(
                edited.contains(row.path)
                    ? try await output(of: row)
                    : RecordedOutputView(step: row.path, kind: row.kind, preview: row.preview))
        }
    }

    /// The recorded output of one step, to be changed.
    func output(of row: StepRow) async throws -> RecordedOutputView {
        var view = RecordedOutputView(step: row.path, kind: row.kind, preview: row.preview)
        let value = try await runtime.recordedOutput(of: row.path, of: task)
        let text = Self.text(of: value)
        guard text.utf8.count <= Self.editedBytesMaximum else {
            view.refusal = "\(Format.size(bytes: text.utf8.count)): too large to be changed here"
            return view
        }
        view.field = FormFieldView(
            name: FieldName.output(row.path), label: "Output", isRequired: true,
            control: value.stringValue == nil ? .json : .longText, initial: text,
            rule: value.stringValue == nil ? "Any value, as JSON" : "A text")
        return view
    }

    /// An output as somebody edits it.
    static func text(of value: JSON) -> String { value.stringValue ?? value.prettyText }
}
