internal import Core
internal import Store

/// Tells what happened to a task: who asked for it, who did what, what was decided by whom, where it went round or failed,
/// and what it cost. A pure function of the record: it asks no model, and says nothing that the record does not.
enum Story: Sendable {
    /// Steps that are named one by one.
    private static let namedMaximum = 6

    static func tell(_ record: StoryRecord) -> StoryView {
        var sentences = [beginning(record.task)]
        sentences += work(record)
        sentences += record.steps.compactMap(loop)
        sentences += agents(record.steps)
        sentences += record.steps.compactMap(again)
        sentences += record.steps.compactMap(child)
        sentences += decisions(record)
        if let end = end(record) { sentences.append(end) }
        if let cost = cost(record.task) { sentences.append(cost) }
        return StoryView(sentences)
    }

    /// Who asked for it, and for what.
    static func beginning(_ task: TaskRow) -> StorySentence {
        if let original = task.rerunOf {
            let from: StorySentence = task.rerunFrom.map { " from \($0) on" } ?? ""
            return "\(who(task.trigger)) repeated \(original)\(from.pieces)."
        }
        if let parent = task.parent {
            guard let step = task.parentStep else { return "It was started by \(parent)." }
            return "It was started by \(parent), in its step \(quote: step.rawValue)."
        }
        if task.source == "prompt" { return "\(who(task.trigger)) asked for it in a prompt." }
        return
            "\(who(task.trigger)) ran \(task.app == nil ? "the plan" : "the app") \(quote: task.app ?? task.planName)."
    }

    private static func who(_ trigger: String) -> String {
        switch trigger {
        case "user": "Somebody on the page"
        case "cli": "Somebody on the command line"
        case "api": "A program"
        case "agent": "An agent"
        case "task": "A step of another task"
        case "schedule": "A schedule"
        case "webhook": "A webhook"
        case "email": "An email"
        default: "Somebody"
        }
    }

    /// Which steps came to which end.
    static func work(_ record: StoryRecord) -> [StorySentence] {
        // What has ended is told in the past, what goes on as it is.
        let groups: [(status: String, one: String, many: String)] = [
            ("completed", "completed", "completed"), ("skipped", "was not needed", "were not needed"),
            ("failed", "failed", "failed"), ("cancelled", "was cancelled", "were cancelled"),
            ("running", "is at work", "are at work"), ("waiting", "is waiting", "are waiting"),
        ]
        // What holds a step that waits does nothing else while nothing of the task runs.
        let isAtRest = record.task.status == "waiting"
        return groups.compactMap { group in
            let steps = record.steps.filter { step in
                !step.isReused && (isAtRest && step.status == "running" ? "waiting" : step.status) == group.status
            }.map(\.path)
            guard !steps.isEmpty else { return nil }
            return "\(named(steps)) \(steps.count == 1 ? group.one : group.many)."
        } + reused(record)
    }

    private static func reused(_ record: StoryRecord) -> [StorySentence] {
        let steps = record.steps.filter(\.isReused).map(\.path)
        guard !steps.isEmpty, let original = record.task.rerunOf else { return [] }
        return ["\(named(steps)) took over what \(original) had made."]
    }

    /// The steps by name, or how many there are.
    private static func named(_ steps: [StepPath]) -> [StorySentence.Piece] {
        guard steps.count <= namedMaximum else { return [.words(Format.count(steps.count, "step"))] }
        return steps.enumerated().flatMap { place, step -> [StorySentence.Piece] in
            let before = place == 0 ? "" : place == steps.count - 1 ? " and " : ", "
            return before.isEmpty ? [.step(step)] : [.words(before), .step(step)]
        }
    }

    /// How often it went round.
    static func loop(_ step: StepRow) -> StorySentence? {
        guard let finished = step.iterationsFinished, finished > 0 else { return nil }
        let failed = step.iterationsFailed ?? 0
        let all = step.iterationsTotal.map { $0 == finished ? "" : " of \(Format.grouped(Int64($0)))" } ?? ""
        let failures = failed == 0 ? "" : ", and \(Format.grouped(Int64(failed))) of these failed"
        // The noun goes with the number before it: 1 of 3 times, 1 time.
        let times = (step.iterationsTotal ?? finished) == 1 ? "time" : "times"
        return "\(step.path) went round \(Format.grouped(Int64(finished)))\(all) \(times)\(failures)."
    }

    /// What agents asked and did.
    static func agents(_ steps: [StepRow]) -> [StorySentence] {
        steps.filter { $0.modelCalls > 0 }.prefix(namedMaximum).map { step in
            let turns = Format.count(step.modelCalls, "time")
            let model = step.models.first.map { $0.hasPrefix("script/") ? "a script" : $0 } ?? "a model"
            let more = step.models.count > 1 ? " and \(Format.count(step.models.count - 1, "other model"))" : ""
            let tools =
                step.toolCalls == 0 ? "" : " and made \(Format.count(step.toolCalls, "tool call"))"
            let inAll = step.models.count > 1 ? ", \(turns) in all," : " \(turns)"
            let end = tools.isEmpty && inAll.hasSuffix(",") ? String(inAll.dropLast()) : inAll
            return "\(step.path) asked \(model)\(more)\(end)\(tools)."
        }
    }

    /// That one try was not enough.
    static func again(_ step: StepRow) -> StorySentence? {
        guard step.runs > 1 else { return nil }
        let needed = step.status == "completed" ? "needed" : "has had"
        return "\(step.path) \(needed) \(Format.count(step.runs, "run"))."
    }

    static func child(_ step: StepRow) -> StorySentence? {
        guard let child = step.childTask else { return nil }
        return "\(step.path) started \(child)."
    }

    /// What was decided by whom.
    static func decisions(_ record: StoryRecord) -> [StorySentence] {
        let told = record.decisions.map(decision)
        let rest = record.decisionCount - told.count
        return rest > 0 ? told + ["People were asked \(Format.count(rest, "more time"))."] : told
    }

    private static func decision(_ row: DecisionRow) -> StorySentence {
        let title = String(row.title.prefix(160))
        guard row.state == "decided", let name = row.decidedBy, let at = row.decidedAt else {
            switch row.state {
            case "expired": return "Nobody decided in time about \(quote: title)."
            case "withdrawn": return "The question \(quote: title) was withdrawn."
            default: return "\(row.step) waits for somebody to decide: \(quote: title)."
            }
        }
        let after = " after \(Format.duration(milliseconds: at.milliseconds(since: row.requestedAt)))"
        switch row.verdict {
        case "approve" where row.kind == "question": return "\(name: name) answered \(quote: title)\(after)."
        case "approve" where row.kind == "budget": return "\(name: name) raised the limit\(after)."
        case "approve" where row.kind == "in_doubt":
            return "\(name: name) said that \(row.step) is done\(after)."
        case "retry" where row.kind == "in_doubt": return "\(name: name) had \(row.step) run again\(after)."
        case "stop" where row.kind == "in_doubt": return "\(name: name) said that \(row.step) has failed\(after)."
        case "approve": return "\(name: name) said yes to \(quote: title)\(after)."
        case "retry": return "\(name: name) sent \(quote: title) back\(after)."
        case "stop": return "\(name: name) stopped the task at \(quote: title)\(after)."
        default: return "\(name: name) said no to \(quote: title)\(after)."
        }
    }

    /// How it ended, or what keeps it.
    static func end(_ record: StoryRecord) -> StorySentence? {
        let task = record.task
        let active = Format.span(milliseconds: task.activeMilliseconds)
        let sentence = task.sentence.map { String($0.prefix(300)) }
        switch task.status {
        case "completed":
            let failed =
                task.failedSteps == 0
                ? "" : ", although \(Format.count(task.failedSteps, "step")) failed, as the plan allows"
            return "It completed after \(active) of work\(failed)."
        case "failed":
            let cause = task.failureCause ?? "unknown"
            let place: StorySentence = task.sentenceStep.map { " in \($0)" } ?? ""
            guard let sentence else {
                return "It failed after \(active) of work\(place.pieces) (\(Format.code(cause)))."
            }
            return
                "It failed after \(active) of work\(place.pieces) (\(Format.code(cause))): \(quote: sentence)\(stop(after: sentence))"
        case "cancelled": return "It was cancelled after \(active) of work."
        case "waiting":
            guard let sentence else { return "It waits." }
            return "It waits: \(quote: sentence)\(stop(after: sentence))"
        default: return nil
        }
    }

    /// A sentence that is quoted whole brings its own end.
    private static func stop(after quoted: String) -> String {
        quoted.trimmed.last.map { ".!?…".contains($0) } ?? false ? "" : "."
    }

    /// What it cost with the tasks it started, if a model was asked at all.
    static func cost(_ task: TaskRow) -> StorySentence? {
        guard let price = price(CostView(task)) else {
            guard let whole = whole(task) else { return nil }
            return "With the tasks it started it used \(whole.tokens) and cost \(whole.price)."
        }
        let calls = Format.count(task.modelCalls, "model call")
        let children = whole(task).map { ", with the tasks it started \($0.tokens) and \($0.price)" } ?? ""
        return "It used \(tokens(TokensView(task.usage))) in \(calls) and cost \(price)\(children)."
    }

    /// Nil when it has started no task that used anything.
    private static func whole(_ task: TaskRow) -> (tokens: String, price: String)? {
        guard let used = task.tokensWithChildren, let price = task.costWithChildren.flatMap(price) else { return nil }
        return (tokens(used), price)
    }

    private static func tokens(_ tokens: TokensView) -> String { Format.count(Int(tokens.total), "token") }

    /// Nil when no model was called.
    private static func price(_ cost: CostView) -> String? {
        switch cost {
        case .none: nil
        case .unknown: "what is not known"
        case .atLeast(let amount): "at least \(Format.dollars(nanoDollars: amount))"
        case .nanoDollars(let amount): Format.dollars(nanoDollars: amount)
        }
    }
}
