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
    private static let rowsPerRead = 500
    /// A longer output is changed elsewhere, in bytes.
    private static let editedBytesMaximum = 256 << 10

    /// - Parameter edited: steps whose outputs are to be changed.
    /// - Parameter count: so many finished steps stand on the pages before.
    func view(editing edited: [StepPath] = [], after count: Int = 0) async throws -> RestartView {
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
        try await addOutputs(to: &view, editing: edited, after: count)
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

    private func addOutputs(to view: inout RestartView, editing edited: [StepPath], after count: Int) async throws {
        let finished = StepStatus.completed.rawValue
        var shown = try await finishedSteps(after: count, limit: Self.outputsMaximum)
        let all = try await runtime.store.stepCount(of: task.number, status: finished)
        view.outputsBefore = count
        view.hiddenOutputs = max(0, all - count - shown.count)
        for path in edited where !shown.contains(where: { $0.path == path }) {
            guard let row = try await runtime.store.step(path, of: task.number), row.status == finished else {
                continue
            }
            shown.append(row)
        }
        for row in shown {
            view.outputs.append(
                edited.contains(row.path)
                    ? try await output(of: row)
                    : RecordedOutputView(step: row.path, kind: row.kind, preview: row.preview))
        }
    }

    /// Further finished steps, behind so many that are shown.
    func outputs(after count: Int) async throws -> (outputs: [RecordedOutputView], hidden: Int) {
        let rows = try await finishedSteps(after: count, limit: Self.outputsMaximum)
        let all = try await runtime.store.stepCount(of: task.number, status: StepStatus.completed.rawValue)
        return (
            rows.map { RecordedOutputView(step: $0.path, kind: $0.kind, preview: $0.preview) },
            max(0, all - count - rows.count)
        )
    }

    /// The finished steps, those further outside first; of a loop its iterations in order. What is not shown is not read.
    private func finishedSteps(after count: Int, limit: Int) async throws -> [StepRow] {
        var found: [StepRow] = []
        var containers: [StepPath?] = [nil]
        var next = 0
        while next < containers.count, found.count < count + limit {
            let container = containers[next]
            next += 1
            var offset = 0
            while found.count < count + limit {
                let rows = try await runtime.store.steps(
                    of: task.number, below: container, offset: offset, limit: Self.rowsPerRead
                ).steps
                found += rows.filter { $0.status == StepStatus.completed.rawValue }
                containers += rows.filter { ["for_each", "branch", "iteration", "path"].contains($0.kind) }.map(\.path)
                offset += rows.count
                if rows.count < Self.rowsPerRead { break }
            }
        }
        return Array(found.dropFirst(count).prefix(limit))
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
