internal import Core
internal import Runtime
internal import Store

extension Runtime.AgainPreview {
    var json: JSON {
        var object: JSONObject = [
            "reused": .array(plan.reused.prefix(Limits.previewStepsMaximum).map(\.json)),
            "reused_total": .int(Int64(plan.reusedTotal)),
            "again": .array(plan.again.prefix(Limits.previewStepsMaximum).map(\.json)),
            "again_total": .int(Int64(plan.againTotal)),
        ]
        let choices = plan.choices.sorted { $0.key.rawValue < $1.key.rawValue }
        object["choices"] = .object(JSONObject(choices.map { ($0.key.rawValue, .string($0.value)) }))
        object["saved"] = ["duration_ms": .int(plan.savedMilliseconds), "cost": plan.savedCost.json]
        object["plan_difference"] = difference.map(JSON.string) ?? .null
        object["dropped_inputs"] = .array(droppedInputs.map(JSON.string))
        return .object(object)
    }
}

extension ReusePlan.Reused {
    fileprivate var json: JSON {
        [
            "path": .string(path.rawValue), "kind": .string(kind), "edited": .bool(isEdited),
            "duration_ms": .int(milliseconds), "cost": cost.json,
        ]
    }
}

extension ReusePlan.Again {
    fileprivate var json: JSON {
        ["path": .string(path.rawValue), "kind": .string(kind), "reason": .string(reason.description)]
    }
}

extension TaskComparison {
    func json(at now: Timestamp) -> JSON {
        var object: JSONObject = [
            "a": before.compared(at: now), "b": after.compared(at: now), "same_plan": .bool(hasSamePlan),
            "inputs": .array(inputs.map(\.json)), "outputs": .array(outputs.map(\.json)),
            "steps": .array(steps.map { $0.json(at: now) }), "hidden_steps": .int(Int64(hiddenSteps)),
            "totals": [
                "active_ms": .int(after.activeMilliseconds(at: now) - before.activeMilliseconds(at: now)),
                "tokens": .int(after.usage.total - before.usage.total),
                "cost": before.isCostKnown && after.isCostKnown ? (after.cost - before.cost).json : .null,
            ],
        ]
        object["more_iterations"] = moreIterations.map { .int(Int64($0)) }
        return .object(object)
    }
}

extension TaskRow {
    fileprivate func compared(at now: Timestamp) -> JSON {
        var object: JSONObject = [
            "number": .int(number.rawValue), "name": .string(name), "status": .string(status),
            "plan": ["name": .string(planName), "hash": .string(planHash.rawValue)],
            "active_ms": .int(activeMilliseconds(at: now)), "tokens": usage.json,
        ]
        object.setCost(cost, isKnown: isCostKnown)
        return .object(object)
    }
}

extension StepComparison {
    fileprivate func json(at now: Timestamp) -> JSON {
        var object: JSONObject = ["path": .string(path.rawValue), "verdict": .string(verdict.rawValue)]
        object["a"] = before.map { $0.compared(at: now) } ?? .null
        object["b"] = after.map { $0.compared(at: now) } ?? .null
        object["input"] = .array(input.map(\.json))
        object["output"] = .array(output.map(\.json))
        if hasMore { object["more_differences"] = true }
        if moreIterations > 0 { object["more_iterations"] = .int(Int64(moreIterations)) }
        return .object(object)
    }
}

extension StepRow {
    fileprivate func compared(at now: Timestamp) -> JSON {
        var object: JSONObject = ["status": .string(status), "reused": .bool(isReused), "runs": .int(Int64(runs))]
        object["duration_ms"] = durationMilliseconds(at: now).map(JSON.int) ?? .null
        object["tokens"] = .int(usage.total)
        object.setCost(cost, isKnown: isCostKnown)
        return .object(object)
    }
}

extension JSONDifference {
    var json: JSON {
        var object: JSONObject = ["pointer": .string(pointer)]
        object["a"] = before
        object["b"] = after
        return .object(object)
    }
}

extension TombstoneRow {
    var json: JSON {
        [
            "number": .int(number.rawValue), "id": .string(id.rawValue), "name": .string(name),
            "plan": ["name": .string(planName)], "status": .string(status), "created": .string(created.rfc3339),
            "ended": ended.map { .string($0.rfc3339) } ?? nil, "deleted": .string(deletedAt.rfc3339),
            "deleted_by": .string(deletedBy),
        ]
    }
}
