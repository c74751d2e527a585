internal import API
internal import Core
internal import Engine
internal import Runtime

extension AgentEntryView {
    /// What the task's page shows of a run: the latest turns, and what came between them.
    static func entries(of run: RunTrace, step: StepPath, in task: TaskNumber) -> [AgentEntryView] {
        let address = RunAddress(task: task, step: step, run: run.run)
        var entries: [AgentEntryView] = []
        for entry in run.entries.suffix(entriesMaximum) {
            // After a person has decided, going on is nothing to tell.
            if case .resumed = entry {
                guard case .interrupted? = entries.last else { continue }
            }
            entries.append(AgentEntryView(entry, address: address))
        }
        return entries
    }

    /// Of a long run the page shows the end.
    private static let entriesMaximum = 60

    /// What a page shows of one thing in a run.
    init(_ entry: RunTrace.Entry, address: RunAddress) {
        switch entry {
        case .turn(let turn):
            var view = TurnView(turn, of: address)
            view.path = address.turn(turn.number)
            self = .turn(view)
        case .notice(let time, let text): self = .notice(time, text)
        case .decision(let decision): self = .decision(CallDecisionView(decision))
        case .interrupted(let time, let lost): self = .interrupted(time, lost: lost?.sentence)
        case .resumed(let time): self = .resumed(time)
        }
    }
}

extension TurnView {
    /// What a page shows of a turn of that run.
    init(_ turn: TurnTrace, of run: RunAddress) {
        let address = run.turnInAPI(turn.number)
        let response = turn.turn.response
        let (thinking, parts) = Self.parts(of: response)
        self.init(
            number: turn.number, isLoopCheck: turn.turn.purpose == .loopCheck, model: ModelView(name: turn.turn.model),
            answeredBy: turn.answeredBy.flatMap { turn.turn.model.hasSuffix($0) ? nil : $0 },
            stopReason: turn.turn.stopReason, milliseconds: turn.turn.durationMilliseconds,
            tokens: turn.isUsageKnown ? TokensView(turn.turn.usage) : nil, isEstimated: turn.isUsageEstimated,
            cost: turn.cost?.description, costNote: Self.note(turn), isRepriced: turn.repricing != nil,
            thinking: thinking, parts: parts, refusal: response["refusal"]?.stringValue,
            trimmed: Self.trimmed(turn.request.trimmed), unavailable: turn.request.unavailable,
            calls: turn.calls.map { ToolCallView($0, address: address) })
    }

    private static func parts(of response: JSON) -> (thinking: String?, parts: [TurnPartView]) {
        var thinking: [String] = []
        var parts: [TurnPartView] = []
        for part in response["parts"]?.arrayValue ?? [] {
            guard let member = part.objectValue?.first else { continue }
            switch member.name {
            case "text": if let text = member.value.stringValue, !text.isEmpty { parts.append(.text(text)) }
            case "thinking": if let text = member.value["text"]?.stringValue, !text.isEmpty { thinking.append(text) }
            case "web_search":
                let pages = member.value["results"]?.arrayValue ?? []
                parts.append(
                    .search(
                        query: member.value["query"]?.stringValue ?? "",
                        pages: pages.map { ($0["title"]?.stringValue ?? "", $0["url"]?.stringValue ?? "") }))
            default: break
            }
        }
        if response["parts"] == nil, let text = response["text"]?.stringValue, !text.isEmpty {
            parts.append(.text(text))
        }
        if thinking.isEmpty, let text = response["reasoning"]?.stringValue, !text.isEmpty { thinking.append(text) }
        return (thinking.isEmpty ? nil : thinking.joined(separator: "\n\n"), parts)
    }

    private static func note(_ turn: TurnTrace) -> String? {
        var notes: [String] = []
        if let repricing = turn.repricing {
            let by = repricing.by.map { " by \($0)" } ?? ""
            notes.append(
                "Reckoned anew\(by) on \(Format.exact(repricing.at)); before: \(repricing.before.map { "$\($0)" } ?? "unknown")."
            )
        }
        switch turn.price?["source"]?.stringValue {
        case "provider"?: notes.append("As the provider reports it.")
        case "table"?:
            let rates = (turn.price?["rates"]?.objectValue ?? [:]).map {
                "\($0.name) \($0.value.stringValue ?? $0.value.text)"
            }
            notes.append("By table \(turn.price?["table"]?.stringValue ?? ""): \(rates.joined(separator: ", ")).")
        default: notes.append("No price is known for this turn.")
        }
        return notes.joined(separator: " ")
    }

    /// What was left out of a request, in a sentence.
    static func trimmed(_ trimmed: JSON?) -> String? {
        guard let trimmed else { return nil }
        let results = Format.count(Int(trimmed["results"]?.intValue ?? 0), "result")
        let turns = Format.count(Int(trimmed["turns"]?.intValue ?? 0), "turn")
        return "The conversation had become too long for the model: it was not sent \(results) of tools and \(turns)."
    }
}

extension ToolCallView {
    /// What a page shows of a call.
    /// - Parameter address: where all of its result is shown.
    init(_ call: ToolCallTrace, address: String) {
        let request = call.request
        let state: State =
            if let result = call.result { result.isError ? .failed : .done } else {
                call.starts.isEmpty ? .wanted : .running
            }
        self.init(
            tool: request.tool, arguments: request.arguments, reason: request.reason, confidence: request.confidence,
            alternatives: Self.texts(request.alternatives), state: state,
            milliseconds: call.result?.durationMilliseconds ?? 0,
            result: call.result.map { Self.payload(of: $0, address: address) },
            trace: call.result?.trace,
            files: call.result?.files.map(FileView.init(kept:)) ?? [],
            decisions: call.decisions.map(CallDecisionView.init), isRepeated: call.starts.count > 1,
            problem: request.problem)
    }

    private static func texts(_ json: JSON?) -> [String] {
        guard let json, !json.isNull else { return [] }
        return json.arrayValue?.map { $0.stringValue ?? $0.text } ?? [json.stringValue ?? json.text]
    }

    /// Shown of one result, in characters: a page may have hundreds of them.
    private static let resultCharactersMaximum = 4_096

    private static func payload(of result: ToolReturn, address: String) -> PayloadView {
        let isText = result.parts.arrayValue?.allSatisfy { $0["text"]?.stringValue != nil } ?? false
        let text = isText ? result.text : result.parts.text
        let beginning = String(text.prefix(resultCharactersMaximum))
        if beginning.utf8.count < text.utf8.count {
            return PayloadView(.excerpt(beginning, totalBytes: text.utf8.count), path: address)
        }
        return isText ? .text(text) : .json(result.parts)
    }
}

extension CallDecisionView {
    fileprivate init(_ decision: CallDecision) {
        var words: String?
        if let made = decision.decision {
            words =
                switch made.verdict {
                case .approve where decision.request.kind == .question: "\(made.decider) answered"
                case .approve where decision.request.kind == .budget: "\(made.decider) raised the limit"
                case .approve where decision.request.kind == .inDoubt: "\(made.decider) said that it is done"
                case .stop where decision.request.kind == .inDoubt: "\(made.decider) said that it has failed"
                case .approve: "\(made.decider) said yes"
                case .reject: "\(made.decider) said no"
                case .retry: "\(made.decider) wants it done again"
                case .stop: "\(made.decider) stopped the task"
                }
            let changes = DecisionChange.lines(
                decision.request.kind, subject: decision.request.subject, proposal: decision.request.proposal,
                edits: made.edits)
            if !changes.isEmpty {
                let beginning = decision.request.kind == .budget ? "; " : ", with changes: "
                words? += beginning + changes.joined(separator: ", ")
            }
        }
        self.init(
            title: decision.request.title, askedAt: decision.request.requestedAt, decidedAt: decision.decidedAt,
            words: words,
            said: decision.decision?.values?["answer"]?.stringValue ?? decision.decision?.feedback)
    }
}

extension FileView {
    /// A file that a tool has kept.
    fileprivate init(kept file: TaskFile) {
        let name = Attachment.percentEncoded(file.name.split(separator: "/").last.map(String.init) ?? file.name)
        self.init(name: file.name, bytes: Int(file.size), path: "/api/files/\(file.hash.rawValue)?name=\(name)")
    }
}
