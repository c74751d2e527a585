import Core

@testable import Engine

extension TaskMachine {
    /// Everything that has to be the same after a fold, frame by frame and by path: slots are numbered anew, since the
    /// fold frees them at other moments. What is not in the journal is left out (what was handed to the dispatcher, and
    /// where something may be to be started).
    func facts() throws -> [String] {
        var facts = try frameFacts(0)
        facts += [
            state.origin.json.text, "\(state.created)", "\(String(describing: state.started))",
            "\(String(describing: state.ended))", state.outputs.map { JSON.object($0).text } ?? "no outputs",
            "\(String(describing: state.failure))", "cancelled \(state.isCancelRequested)",
            "admitted \(state.isAdmitted)", "\(state.limits)", "sequence \(state.sequence)", "\(state.lastEventAt)",
            "active \(state.activeMilliseconds) \(String(describing: state.activeSince)) \(state.forgivenMilliseconds)",
            "\(state.spending) \(state.childrenSpending) \(state.models) \(state.reserved)",
            "\(state.finishedSteps) \(state.failedSteps) \(state.totalSteps) \(state.runningSteps)",
            "\(String(describing: state.result))", "\(state.requestCount)",
        ]
        facts += state.requests.sorted { $0.key < $1.key }.map { "\($0)" }
        facts += state.decisions.sorted { $0.key < $1.key }.map { "\($0)" }
        facts += state.children.sorted { $0.key < $1.key }.map { "\($0)" }
        facts += state.waiting.keys.map { "waiting \($0)" }.sorted()
        facts += state.timers.map { "timer \($0.key.step) \($0.key.purpose) \($0.value)" }.sorted()
        return facts
    }

    private func frameFacts(_ slot: Int) throws -> [String] {
        let frame = state.frames[slot]
        var facts = [
            "frame \(frame.path) \(frame.block) \(String(describing: frame.iteration)) \(frame.status)",
            "\(frame.started) \(String(describing: frame.ended)) \(String(describing: frame.failure))",
            "\(frame.spending) \(frame.preview ?? "") \(frame.isReused) \(frame.endedSteps) \(frame.isStopping)",
            JSON.object(frame.scope).text,
        ]
        facts += frame.steps.enumerated().map { place, step in
            var step = step
            step.isDispatched = false
            return "\(frame.path)/\(place) \(step)"
        }
        for (place, container) in frame.containers.sorted(by: { $0.key < $1.key }) {
            facts.append(
                "container \(place) \(container.isStopping) \(container.isClosed) \(container.tally) "
                    + "\(String(describing: container.failure)) \(container.path ?? "")")
            if var loop = container.loop {
                facts.append(
                    "\(loop.source.json) \(loop.begun) \(loop.completed) \(loop.failed) \(loop.hasEnded) \(loop.previous) "
                        + (try loop.outputs.list(of: loop.begun).text))
            }
            for (kind, slots) in [("open", container.openFrames), ("broken", container.brokenFrames)] {
                let paths = slots.sorted { state.frames[$0].path.rawValue < state.frames[$1].path.rawValue }
                facts += try paths.flatMap { try [kind] + frameFacts($0) }
            }
        }
        return facts
    }
}
