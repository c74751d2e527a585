internal import Core

/// The pages at `/tasks/{number}/compare` and `/tasks/{number}/compare/{other}`.
public enum ComparePage: Sendable {
    public static func document(_ view: CompareView) -> HTML {
        let title =
            view.pair.map { "Compare \($0.before.number) and \($0.after.number)" } ?? "Compare \(view.task.number)"
        return Layout.document(
            Layout.Page(
                title: title, streamPath: nil, approvals: view.approvals,
                fragment: Layout.fragment(
                    title: title, state: nil, now: view.now, approvals: view.approvals,
                    content: """
                        <nav class="back" aria-label="Path"><a href="/tasks/\(view.task.number.rawValue)">\
                        <span aria-hidden="true">←</span> Task \(view.task.number.description)</a></nav>
                        <div class="headline"><h1>Compare</h1></div>
                        \(view.pair.map { pair($0, view) } ?? nothing(view))
                        \(others(view))
                        """),
                styles: [Assets.formStyles], scripts: [Assets.formScript]))
    }

    private static func nothing(_ view: CompareView) -> HTML {
        let choose: HTML = view.picker.picks.isEmpty ? .empty : " Choose any task below."
        return """
            <section class="panel empty"><h2>Nothing to compare it with yet</h2>\
            <p>No other task of this plan has completed.\(choose)</p></section>
            """
    }

    private static func others(_ view: CompareView) -> HTML {
        let picker = Picker.render(
            view.picker, label: "Search tasks by name, number and prompt",
            empty: "<p class=\"dim\">There is no other task.</p>", now: view.now)
        let note: HTML = "<p class=\"dim\">No other task of this plan; the latest of others are:</p>"
        // A search that is under way stays open.
        let isOpen = view.pair == nil || !view.picker.text.isEmpty
        return """
            <details class="others"\(attribute: "open", if: isOpen)><summary>Compare with another task</summary>\(note, if: view.isOnlyOfPlan)\(picker)</details>
            """
    }

    private static func pair(_ pair: CompareView.Pair, _ view: CompareView) -> HTML {
        let isSame =
            pair.part == nil && pair.inputs.isEmpty && pair.outputs.isEmpty
            && pair.steps.allSatisfy { $0.verdict == .same }
        var budget = CompareBudget()
        return """
            \(lead(view))
            \(CompareFigures.render(pair, now: view.now))
            \(same, if: isSame && pair.planDifference == nil)
            \(pair.planDifference.map(plan))
            \(values("Inputs", pair.inputs, id: "inputs", &budget))
            \(values("Outputs", pair.outputs, id: "outputs", &budget))
            \(CompareSteps.render(pair, path: view.path, &budget))
            """
    }

    private static func lead(_ view: CompareView) -> HTML {
        guard view.isDefault else { return .empty }
        return "<p class=\"lead dim\">With the last task of this plan that completed.</p>"
    }

    private static let same: HTML = """
        <p class="notice">Plan, inputs, outputs and steps are the same in both; only time, tokens and cost may differ.</p>
        """

    private static func plan(_ difference: String) -> HTML {
        """
        <section class="panel compared"><h2>Plan</h2><div class="inside">\(UnifiedDiff.render(difference))</div></section>
        """
    }

    private static func values(
        _ heading: String, _ differences: [DifferenceView], id: String, _ budget: inout CompareBudget
    ) -> HTML {
        guard !differences.isEmpty else { return .empty }
        return """
            <section class="panel compared"><h2>\(heading)</h2><div class="inside">\
            \(CompareSteps.differences(differences, id: id, &budget))</div></section>
            """
    }
}

/// How many differences are still worked out for one page: each may take some milliseconds.
struct CompareBudget {
    private var left = 200

    mutating func take() -> Bool {
        left -= 1
        return left >= 0
    }
}
