import Core

@testable import Web

/// Forms that start tasks, and two tasks beside each other, with a text in every place that others fill.
extension Samples {
    static let hash = ContentHash(of: Array("a".utf8))

    static func formFields(_ text: String) -> [FormFieldView] {
        [
            FormFieldView(
                name: FieldName.input(text), label: text, summary: text, isRequired: true, control: .text,
                initial: text),
            FormFieldView(
                name: "/inputs/tone", label: "tone", control: .choice([.init(text: text, label: text)]), initial: text),
            FormFieldView(
                name: FieldName.model, label: "Model", control: .suggested([text], placeholder: text), initial: text),
        ]
    }

    static func composer(_ text: String) -> ComposerView {
        var view = ComposerView(mode: .plan, now: now)
        view.subject = ComposerView.Subject(plan: "letter", summary: text)
        view.fields = formFields(text)
        view.files = [UploadView(name: text, hash: hash, bytes: 1_500, mediaType: text, problem: text)]
        view.options = formFields(text)
        view.limits = [LimitField.duration.view(initial: text, cap: text)]
        view.notice = text
        view.state = FormStateView(
            typed: [FieldName.input(text): text], errors: [FieldName.input(text): text], message: text)
        return view
    }

    static func picker(_ text: String) -> PickerView {
        PickerView(
            text: text, path: "/tasks/new", parameters: [("mode", "from")], what: "tasks",
            picks: [
                PickerView.Pick(
                    path: "/tasks/new?mode=from&from=7", name: text, summary: text, number: TaskNumber(rawValue: 7),
                    state: .completed, created: before(seconds: 90))
            ], total: 12)
    }

    static func restart(_ text: String) -> RestartView {
        var view = RestartView(task: TaskLinkView(number: TaskNumber(rawValue: 7), name: text), plan: text, now: now)
        (view.summary, view.notice) = (text, text)
        view.fields = formFields(text)
        view.outputs = [
            RecordedOutputView(step: StepPath(rawValue: text), kind: "set", preview: text),
            RecordedOutputView(
                step: StepPath(rawValue: "write"), kind: "set",
                field: FormFieldView(name: "/outputs/write", label: "Output", control: .json, initial: text)),
        ]
        var preview = RestartPreviewView()
        preview.reused = [
            .init(step: StepPath(rawValue: text), kind: "set", milliseconds: 900, nanoDollars: 0, isEdited: false)
        ]
        preview.again = [.init(step: StepPath(rawValue: text), kind: "set", reason: text)]
        (preview.difference, preview.droppedInputs) = ("+\(text)\n-\(text)\n", [text])
        view.preview = preview
        return view
    }

    static func comparison(_ text: String) throws -> CompareView {
        let row = try hostile(text).row
        var pair = CompareView.Pair(before: row, after: row)
        pair.planDifference = "-\(text)\n"
        pair.inputs = [DifferenceView(pointer: "/\(text)", before: .string(text), after: .string("other \(text)"))]
        var step = ComparedStepView(
            path: StepPath(rawValue: text), verdict: .changed,
            before: .init(state: .completed, milliseconds: 900, tokens: 10),
            after: .init(state: .failed, milliseconds: 1_900, tokens: 14))
        step.output = [DifferenceView(pointer: "", before: [.string(text)], after: nil)]
        pair.steps = [
            ComparedStepView(path: StepPath(rawValue: "a"), verdict: .same, before: nil, after: nil), step,
            ComparedStepView(path: StepPath(rawValue: "b"), verdict: .same, before: nil, after: nil),
        ]
        var view = CompareView(
            task: TaskLinkView(number: TaskNumber(rawValue: 7), name: text), picker: picker(text), now: now)
        view.pair = pair
        return view
    }
}
