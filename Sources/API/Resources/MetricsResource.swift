internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// `/metrics`: figures for Prometheus and what reads its format.
struct MetricsResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] {
        [
            Operation(
                .get, "/metrics", "getMetrics", "Figures of the server in the text format of Prometheus.",
                answers: [
                    Answer(
                        status: .ok, summary: "What is now, and what has happened since the server was started.",
                        contents: [("text/plain", nil)])
                ]
            ) { _ in .text(try await text(), contentType: MetricsText.mediaType) }
        ]
    }

    private func text() async throws -> String {
        let counted = runtime.counters.now
        let statuses = try await runtime.taskCounts(.status)
        let groups = try await runtime.groupCounts()
        let requests = try await runtime.store.decisions(DecisionQuery(size: 1)).total
        let position = try await runtime.store.newestPosition()
        func events(_ kind: EventKind) -> Int64 { counted.events[kind.rawValue] ?? 0 }

        var metrics = MetricsText()
        metrics.add(
            "signalbox_info", .gauge, "The version.", label: "version", [(value: Version.number, count: 1)])
        metrics.add(
            "signalbox_tasks", .gauge, "Tasks that there are.", label: "status",
            TaskStatus.allCases.map { status in
                (status.rawValue, Int64(statuses.first { $0.value.text == status.rawValue }?.count ?? 0))
            })
        metrics.add(
            "signalbox_tasks_by_group", .gauge, "The same by the groups of the list.", label: "group",
            groups.map { ($0.group.rawValue, Int64($0.count)) })
        metrics.add("signalbox_tasks_created_total", .counter, "Tasks that were created.", events(.taskCreated))
        metrics.add(
            "signalbox_tasks_ended_total", .counter, "Tasks that have ended; one that is retried ends again.",
            label: "status",
            [
                (TaskStatus.completed.rawValue, events(.taskCompleted)),
                (TaskStatus.failed.rawValue, events(.taskFailed)),
                (TaskStatus.cancelled.rawValue, events(.taskCancelled)),
            ])
        metrics.add("signalbox_open_requests", .gauge, "Requests that wait for a person.", requests)
        metrics.add("signalbox_model_calls_total", .counter, "Answers of models.", events(.turnCompleted))
        metrics.add(
            "signalbox_events_total", .counter, "Events of the journal.", label: "type",
            EventKind.allCases.map { ($0.rawValue, events($0)) })
        metrics.add("signalbox_commits_total", .counter, "Transactions of the journal.", counted.commits)
        metrics.add(
            "signalbox_journal_position", .gauge, "The position of the newest event there has ever been.",
            position.rawValue)
        let uptime = max(0, Timestamp.now.millisecondsSinceEpoch - runtime.startedAt.millisecondsSinceEpoch)
        metrics.add("signalbox_uptime_seconds", .gauge, "How long the server has run.", Double(uptime) / 1000)
        metrics.add(
            "process_start_time_seconds", .gauge, "When the server was started, since 1970.",
            Double(runtime.startedAt.millisecondsSinceEpoch) / 1000)
        metrics.add(
            "process_resident_memory_bytes", .gauge, "Memory in use.", try ProcessMemory.residentBytes())
        return metrics.text
    }
}
