internal import Core

/// The card that says first what a person has to know: why the task failed, or what it waits for.
enum SituationCard: Sendable {
    static func render(_ view: TaskPageView) -> HTML {
        switch view.situation {
        case nil: .empty
        case .failed(let failure): failed(failure)
        case .waiting(let waits): HTML(waits.enumerated().map { waiting($1, place: $0, now: view.now) })
        }
    }

    private static func failed(_ failure: FailureView) -> HTML {
        """
        <section class="situation tone-red" aria-labelledby="situation-0">
        <h2 id="situation-0">\(Icons.lamp(.failed))<span>\(heading(of: failure))</span></h2>
        <p>\(failure.sentence)</p>
        \(PayloadBlock.render(failure.evidence, id: "situation-evidence", name: failure.evidenceName))
        \(links(step: failure.step))
        </section>
        """
    }

    private static func heading(of failure: FailureView) -> HTML {
        guard let step = failure.step else { return "Failed: \(words(failure.cause))" }
        return "Failed in <span class=\"name\">\(step.rawValue)</span>: \(words(failure.cause))"
    }

    private static func waiting(_ wait: WaitView, place: Int, now: Timestamp) -> HTML {
        let state: DisplayState = wait.reason == "in_doubt" ? .approvalRequired : .waiting
        return """
            <section class="situation tone-amber" aria-labelledby="situation-\(place)">
            <h2 id="situation-\(place)">\(Icons.lamp(state))<span>Waiting: \(words(wait.reason))</span></h2>
            <p>\(wait.sentence)</p>
            <p class="dim">Since \(Parts.exact(wait.since)) (\(Parts.age(wait.since, now: now)))\(until(wait.until)).</p>
            \(links(step: wait.step))
            </section>
            """
    }

    private static func until(_ moment: Timestamp?) -> HTML {
        guard let moment else { return .empty }
        return ", until \(Parts.exact(moment))"
    }

    private static func links(step: StepPath?) -> HTML {
        guard let step else { return .empty }
        return """
            <p class="actions"><a class="button" href="#\(ElementID.step(step))">Show the step</a></p>
            """
    }

    /// `in_doubt` → `in doubt`.
    private static func words(_ code: String) -> String {
        String(code.map { $0 == "_" ? " " : $0 })
    }
}
