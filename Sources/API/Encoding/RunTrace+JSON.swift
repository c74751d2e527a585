internal import Core
internal import Engine
internal import Runtime

extension RunTrace {
    /// A run with all its turns.
    /// - Parameter turn: only the turn of that number; nil for all.
    func json(of step: StepPath, in task: TaskNumber, runs: [RunNumber], turn only: Int?) -> JSON {
        var room = Limits.traceRequestBytesMaximum
        var turns: [JSON] = []
        var between: [JSON] = []
        var isInterrupted = false
        var isResumed = false
        var number = 0
        for entry in entries {
            switch entry {
            case .turn(let turn):
                number = turn.number
                guard only == nil || only == turn.number else { continue }
                turns.append(turn.json(room: &room))
            case .notice(let time, let text):
                between.append(Self.entry("notice", after: number, time, ["text": .string(text)]))
            case .decision(let decision): between.append(Self.entry("decision", after: number, nil, decision.members))
            case .interrupted(let time, let lost):
                isInterrupted = true
                between.append(Self.entry("interrupted", after: number, time, members(of: lost)))
            case .resumed(let time):
                // A run also goes on where it was after a person has answered.
                if isInterrupted { isResumed = true }
                isInterrupted = false
                between.append(Self.entry("resumed", after: number, time, [:]))
            }
        }
        let spent = spending
        var object: JSONObject = [
            "task": .int(task.rawValue), "step": .string(step.rawValue), "run": .int(Int64(run.rawValue)),
            "runs": .array(runs.map { .int(Int64($0.rawValue)) }), "started": .string(startedAt.rfc3339),
            "ended": endedAt.map { .string($0.rfc3339) } ?? .null,
        ]
        object["ending"] = ending.map { .string($0.rawValue) }
        object["resumed_after_crash"] = .bool(isResumed)
        object["model_calls"] = .int(Int64(spent.modelCalls))
        object["tool_calls"] = .int(Int64(spent.toolCalls))
        object["tokens"] = spent.usage.json
        object.setCost(spent.cost, isKnown: spent.isCostKnown)
        if !spent.isCostKnown {
            object["unpriced_calls"] = .int(Int64(spent.unpricedCalls))
            if spent.lost.calls > 0 { object["lost_calls"] = .int(Int64(spent.lost.calls)) }
        }
        object["turns"] = .array(turns)
        object["between"] = .array(between)
        return .object(object)
    }

    /// What is known of a call that was cut off.
    private func members(of lost: LostCall?) -> JSONObject {
        lost.map { ["lost_call": $0.told] } ?? [:]
    }

    private static func entry(_ type: String, after turn: Int, _ time: Timestamp?, _ members: JSONObject) -> JSON {
        var object: JSONObject = ["type": .string(type), "after_turn": .int(Int64(turn))]
        object["at"] = time.map { .string($0.rfc3339) }
        for (name, value) in members { object[name] = value }
        return .object(object)
    }
}

extension TurnTrace {
    /// - Parameter room: what is left for the messages of requests, in bytes.
    fileprivate func json(room: inout Int) -> JSON {
        var object: JSONObject = [
            "number": .int(Int64(number)), "at": .string(at.rfc3339), "model": .string(turn.model),
        ]
        object["purpose"] = turn.purpose.map { .string($0.rawValue) }
        object["answered_by"] = answeredBy.map(JSON.string)
        object["stop_reason"] = turn.stopReason.map(JSON.string) ?? .null
        object["duration_ms"] = .int(turn.durationMilliseconds)
        object["tokens"] = isUsageKnown ? turn.usage.json : .null
        if isUsageEstimated { object["tokens_estimated"] = true }
        object["cost"] = Money.json(cost ?? .zero, isKnown: cost != nil)
        object["price"] = price ?? "unknown"
        object["repriced"] = repricing.map(\.json)
        object["request"] = request.json(room: &room)
        object["response"] = turn.response
        object["tool_calls"] = .array(calls.map(\.json))
        return .object(object)
    }
}

extension TurnRepricing {
    fileprivate var json: JSON {
        var object: JSONObject = ["at": .string(at.rfc3339), "table": .string(table)]
        object["by"] = by.map(JSON.string)
        object["cost_before"] = Money.json(before ?? .zero, isKnown: before != nil)
        return .object(object)
    }
}

extension TurnRequest {
    fileprivate func json(room: inout Int) -> JSON {
        var object = JSONObject()
        object["system"] = system.map(JSON.string)
        let messages = JSON.array(messages)
        let size = messages.bytes.count
        if size <= room {
            room -= size
            object["messages"] = messages
            object["whole"] = .bool(isWhole)
        } else {
            object["messages_left_out"] = .string(
                "The answer would be too large: ask for this turn alone, with ?turn=N.")
        }
        object["message_count"] = .int(Int64(messageCount ?? self.messages.count))
        object["tools"] = tools
        object["parameters"] = parameters
        object["trimmed"] = trimmed
        if !unavailable.isEmpty { object["unavailable"] = .array(unavailable.map(JSON.string)) }
        return .object(object)
    }
}

extension ToolCallTrace {
    fileprivate var json: JSON {
        var object = request.json.objectValue ?? [:]
        if !decisions.isEmpty { object["decisions"] = .array(decisions.map { .object($0.members) }) }
        object["started"] = starts.first.map { .string($0.rfc3339) } ?? .null
        if starts.count > 1 {
            object["repeated_after_crash"] = true
            object["starts"] = .array(starts.map { .string($0.rfc3339) })
        }
        object["finished"] = endedAt.map { .string($0.rfc3339) } ?? .null
        if let result, case .object(let members) = result.json {
            for (name, value) in members where name != "parts" { object[name] = value }
            object["error"] = .bool(result.isError)
            object["result"] = result.parts
        }
        return .object(object)
    }
}

extension CallDecision {
    /// What was asked, and what was said.
    fileprivate var members: JSONObject {
        var object: JSONObject = [
            "kind": .string(request.kind.rawValue), "title": .string(request.title),
            "requested": .string(request.requestedAt.rfc3339),
            "decided": decidedAt.map { .string($0.rfc3339) } ?? .null,
        ]
        if let decision, case .object(let members) = decision.json {
            for (name, value) in members { object[name] = value }
            // What a person has changed is seen only beside what it was.
            if decision.edits != nil {
                object["proposal"] = request.proposal
                if request.kind == .budget { object["subject"] = request.subject }
            }
        }
        return object
    }
}
