internal import Client
internal import Core

extension OptionSyntax {
    static let feedback = value("--feedback", "TEXT", "Say why to whoever asked, or what is to be different")
    static let decider = value("--by", "NAME", "Decide in this name (default: your user name, or the setting `user`)")
}

/// What verbs that decide have in common.
struct DecisionOptions: Sendable {
    static let syntax: [OptionSyntax] = [.feedback, .decider, .json, .server, .data, .configuration]

    let id: String
    let feedback: String?
    let decider: String?
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) {
        id = arguments.operands[0]
        feedback = arguments[.feedback]
        decider = arguments[.decider]
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    /// Looks the request up, lets the verb make its decision, and brings that to the server or the data directory.
    func decide(
        _ context: CommandContext, _ decision: (Approval) async throws -> ApprovalDecision
    ) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            do {
                let approval = try await host.client.approval(id)
                var decision = try await decision(approval)
                decision.feedback = decision.feedback ?? feedback
                decision.decider = decider
                let decided = try await host.client.decide(id, decision)
                if isJSON {
                    context.output.writeLine(decided.json.prettyText)
                } else {
                    let task = try await host.client.task("\(decided.task.rawValue)").summary
                    context.output.writeLine(Self.sentence(decided, task, host.goesOn(decided.task)))
                }
                return .completed
            } catch let error as SignalboxError {
                throw error.namingFields()
            }
        }
    }

    /// `7-1 approved by anna; task #7 goes on.`
    /// - Parameters:
    ///   - task: as it stands after the decision.
    ///   - goesOn: when it goes on, if it does.
    static func sentence(_ approval: Approval, _ task: TaskSummary, _ goesOn: String) -> String {
        let what = approval.verdict.map { Self.word(for: $0, of: approval.kind) } ?? "decided"
        let by = DisplayText.line(approval.decidedBy ?? "somebody")
        let becomes =
            switch task.status {
            case .failed: "has failed."
            case .cancelled: "is cancelled."
            case .completed: "is completed."
            // What runs beside the step that was stopped comes to its end first.
            case _ where approval.verdict == "stop": "fails when what is still under way in it has ended."
            default: goesOn
            }
        return "\(approval.id) \(what) by \(by); task \(approval.task) \(becomes)"
    }

    /// What was done, as the middle of a sentence.
    static func word(for verdict: String, of kind: ApprovalKind) -> String {
        switch (kind, verdict) {
        case (.question, "approve"): "answered"
        case (.budget, "approve"): "raised"
        case (.inDoubt, "approve"): "noted as done"
        case (_, "approve"): "approved"
        case (_, "reject"): "rejected"
        case (.inDoubt, "retry"): "noted as not done"
        case (.inDoubt, "stop"): "noted as failed"
        case (_, "retry"): "sent back"
        case (_, "stop"): "stopped"
        default: verdict
        }
    }
}

extension TaskHost {
    /// When a task goes on that somebody has just decided about, or left, as the end of a sentence with commands that can be
    /// copied.
    func goesOn(_ task: TaskNumber) -> String {
        guard address == nil else { return "goes on." }
        return "goes on at the next start of `signalbox serve\(placeArguments)`, or with "
            + "`signalbox tasks watch \(task.rawValue)\(placeArguments)`."
    }
}
