internal import Core
internal import HTTPServer
internal import Prices
internal import Runtime
internal import Store

/// `/api/prices/reprice`: what recorded turns cost by the prices of now.
struct RepricingResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] {
        [
            Operation(
                .post, "/api/prices/reprice", "repriceTurns", "Reckons recorded turns anew.", body: .json(Self.body),
                answers: [.json("What was reckoned.", .repricing)], problems: [.notFound, .gone, .conflict],
                perform: reprice)
        ]
    }

    private static let body = Schema.input(
        optional: [
            "task": .taskReference.saying("Only this one."),
            "since": .text.saying("All tasks from this day on, such as 2026-11-01."), "dry_run": .boolean,
        ]
    ).named("RepricingRequest")

    private func reprice(_ call: Call) async throws -> Response {
        var reader = try ObjectReader(try call.json())
        let task = reader.value("task")
        let since = reader.string("since")
        let dryRun = reader.value("dry_run")
        if let dryRun, dryRun.boolValue == nil {
            reader.add("\"dry_run\" must be true or false, not \(dryRun.typeName)", at: "dry_run")
        }
        try reader.finish()
        let isDryRun = dryRun?.boolValue ?? false
        let meant = try await meant(task: task, since: since)
        let report = try await runtime.reprice(meant, isDryRun: isDryRun, by: runtime.configuration.user)
        return .json(report.json(isDryRun: isDryRun))
    }

    private func meant(task: JSON?, since: String?) async throws -> Runtime.RepricedTasks {
        switch (task, since) {
        case (let task?, nil):
            let reference = task.stringValue ?? task.wholeValue.map(String.init) ?? task.text
            return .task(try await runtime.task(reference))
        case (nil, let day?):
            guard let moment = Timestamp(day: day) else {
                throw SignalboxError(
                    .invalidInput, "\"since\" should be a day such as 2026-11-01; it begins at midnight UTC.",
                    at: .pointer("/since"))
            }
            return .since(moment)
        default:
            throw SignalboxError(
                .invalidInput, "Name either one `task` or the day `since` which tasks are reckoned anew.")
        }
    }
}

extension RepricingReport {
    fileprivate func json(isDryRun: Bool) -> JSON {
        [
            "table": .string(table), "dry_run": .bool(isDryRun), "looked_at": .int(Int64(taskCount)),
            "turns": .int(Int64(turnCount)), "changed_turns": .int(Int64(changedTurnCount)),
            "unpriced_turns": .int(Int64(unknownTurnCount)),
            "missing_prices": .array(gaps.map { .string($0.clause) }), "tasks": .array(tasks.map(\.json)),
        ]
    }
}

extension RepricedTask {
    fileprivate var json: JSON {
        [
            "task": .int(task.rawValue), "name": .string(name), "turns": .int(Int64(turns)),
            "changed_turns": .int(Int64(changedTurns)), "reported_turns": .int(Int64(reportedTurns)),
            "before": before.json, "after": after.json,
        ]
    }
}

extension Repricing.Sum {
    /// The known amounts, and how many turns have none.
    fileprivate var json: JSON { ["known_cost": cost.json, "unpriced_calls": .int(Int64(unknown))] }
}

extension Timestamp {
    /// The beginning of a day, in UTC.
    fileprivate init?(day text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2]), (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        guard CivilDate(daysSinceEpoch: date.daysSinceEpoch) == date else { return nil }
        self.init(millisecondsSinceEpoch: date.daysSinceEpoch * 86_400_000)
    }
}
