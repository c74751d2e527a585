internal import Core
internal import Store

extension TaskRow {
    /// A task as lists and streams of the API show it.
    /// - Parameter now: for the time that is still running.
    func json(at now: Timestamp) -> JSON {
        var object: JSONObject = [
            "id": .string(id.rawValue), "number": .int(number.rawValue), "name": .string(name),
            "status": .string(status),
        ]
        object["waiting_reason"] = waitingReason.map(JSON.string)
        object["waiting_reasons"] = .array(waitingReasons.map(JSON.string))
        object["open_requests"] = .int(Int64(openRequests))
        object["cause"] = failureCause.map(JSON.string)
        object["sentence"] = sentence.map(JSON.string)
        object["sentence_step"] = sentenceStep.map { .string($0.rawValue) }
        object["plan"] = ["name": .string(planName), "hash": .string(planHash.rawValue)]
        object["source"] = .string(source)
        object["app"] = app.map(JSON.string)
        object["trigger"] = .string(trigger)
        object["priority"] = .int(Int64(priority))
        if let parent {
            object["parent"] = [
                "task": .int(parent.rawValue), "step": parentStep.map { .string($0.rawValue) } ?? .null,
            ]
        }
        if let rerunOf {
            object["rerun_of"] = [
                "task": .int(rerunOf.rawValue), "from": rerunFrom.map { .string($0.rawValue) } ?? .null,
            ]
        }
        object["models"] = .array(models.map(JSON.string))
        object["tags"] = .array(tags.map(JSON.string))
        object["progress"] = [
            "current": .int(Int64(currentStep)), "total": .int(Int64(totalSteps)),
            "finished": .int(Int64(finishedSteps)), "failed": .int(Int64(failedSteps)),
        ]
        object["created"] = .string(created.rfc3339)
        object["started"] = started.map { .string($0.rfc3339) } ?? .null
        object["ended"] = ended.map { .string($0.rfc3339) } ?? .null
        object["active_ms"] = .int(activeMilliseconds(at: now))
        object["tokens"] = usage.json
        object["model_calls"] = .int(Int64(modelCalls))
        object["tool_calls"] = .int(Int64(toolCalls))
        object.setCost(cost, isKnown: isCostKnown)
        if childrenUsage != .zero || childrenCost != .zero || !isChildrenCostKnown {
            var usage = usage
            usage += childrenUsage
            var sum: JSONObject = ["tokens": usage.json]
            sum.setCost(cost + childrenCost, isKnown: isCostKnown && isChildrenCostKnown)
            object["with_children"] = .object(sum)
        }
        object["next_wake"] = wakeAt.map { .string($0.rfc3339) }
        object["position"] = .int(position.rawValue)
        object["url"] = .string("/tasks/\(number.rawValue)")
        return .object(object)
    }

    /// Whether what is told of it stays the same as long as nothing happens.
    var isLasting: Bool { activeSince == nil }
}

extension TaskListing {
    /// Whether the page stays the same as long as nothing happens.
    func isLasting(in order: TaskSort) -> Bool {
        // Tasks at work overtake others, also those that are on no page yet.
        order.key != .duration && tasks.allSatisfy(\.isLasting)
    }
}
