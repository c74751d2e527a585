internal import Core
internal import Store

extension StepRow {
    /// What the step waits for: the reason, a sentence, since and until when, and what would have to move; nil when it
    /// does not wait.
    var waitJSON: JSON? {
        guard let waitingReason else { return nil }
        var object: JSONObject = ["reason": .string(waitingReason)]
        object["sentence"] = sentence.map(JSON.string)
        object["since"] = waitingSince.map { .string($0.rfc3339) }
        object["until"] = waitingUntil.map { .string($0.rfc3339) }
        object["blocker"] = blocker.flatMap(Self.blockerJSON)
        return .object(object)
    }

    /// The number of the task, the id of the request, or the name and key of the signal.
    private static func blockerJSON(_ text: String) -> JSON? {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "task": return Int64(parts[1]).map { ["task": .int($0)] }
        case "request": return ["request": .string(parts[1])]
        case "signal":
            let names = parts[1].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return ["signal": .string(names[0]), "key": .string(names.count > 1 ? names[1] : "")]
        default: return nil
        }
    }
}
