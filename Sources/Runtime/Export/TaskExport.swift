public import Core
internal import Engine
public import Exports
public import Store

/// The export of one task: everything the journal says of it up to the moment it was asked for. It is made while it is
/// written, an event at a time, so that it needs no more memory than the largest of them.
public struct TaskExport: Sendable {
    /// Events read from the store at once.
    private static let pageSize = 100

    /// The task as it was when the export was asked for.
    public let task: TaskRow
    public let at: Timestamp
    private let runtime: Runtime
    private let plan: PlanRow

    init(of task: TaskRow, plan: PlanRow, at: Timestamp, in runtime: Runtime) {
        self.task = task
        self.plan = plan
        self.at = at
        self.runtime = runtime
    }

    /// Writes the document, in pieces of which each but the first and the last is a record.
    /// - Parameter page: the hash of the page that the document is embedded in; nil when it stands alone.
    /// - Throws: `SignalboxError`, also when the task is deleted meanwhile; what `write` throws.
    public func write(page: ContentHash? = nil, to write: ([UInt8]) async throws -> Void) async throws {
        var chain = ExportChain()
        var files = ExportedFiles(runtime.blobs)
        try await write(ExportChain.beginning)
        try await write(chain.record(.head, head))
        var position = Position.zero
        while position < task.position {
            let events = try await runtime.store.events(after: position, of: task.number, limit: Self.pageSize)
                .prefix { $0.position <= task.position }
            guard let last = events.last else { throw gone }
            for event in events {
                // Each event has the number of its record, so that a gap is seen here and not by those who verify.
                guard event.sequence == chain.count else { throw gap(before: event) }
                let payload = try await runtime.payload(of: event)
                try files.note(event, payload)
                try await write(chain.record(.event, event.exported(payload)))
            }
            position = last.position
        }
        while let file = try await files.next() { try await write(chain.record(.file, file)) }
        if let page { try await write(chain.record(.page, ["sha256": .string(page.rawValue)])) }
        try await write(chain.end())
    }

    private var head: JSONObject {
        [
            "signalbox": .string(Version.number), "exported_at": .string(at.rfc3339),
            "task": [
                "number": .int(task.number.rawValue), "id": .string(task.id.rawValue), "name": .string(task.name),
                "status": .string(task.status),
            ],
            "plan": [
                "name": .string(task.planName), "hash": .string(task.planHash.rawValue), "path": .string(plan.path),
                "text": .string(plan.text),
                "files": .object(
                    JSONObject(plan.files.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
            ],
        ]
    }

    private var gone: SignalboxError {
        SignalboxError(.gone, "Task \(task.number) was deleted while it was exported.")
    }

    private func gap(before event: EventRow) -> SignalboxError {
        SignalboxError(
            .storage, "An event of task \(task.number) is missing before the one with the number \(event.sequence).",
            hint: "Restore the data directory from a backup.")
    }
}

extension TaskExport {
    /// What the file is called: the number and as much of the name as every system takes.
    public func fileName(_ form: ExportReport.Form) -> String {
        var word = ""
        for scalar in task.name.lowercased().unicodeScalars {
            let isPlain = scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            if isPlain { word.unicodeScalars.append(scalar) } else if !word.isEmpty, word.last != "-" { word += "-" }
            if word.utf8.count == 48 { break }
        }
        if word.last == "-" { word.removeLast() }
        return "task-\(task.number.rawValue)\(word.isEmpty ? "" : "-" + word).\(form.rawValue)"
    }
}

extension EventRow {
    fileprivate func exported(_ payload: JSON) -> JSONObject {
        var members: JSONObject = [
            "type": .string(kind), "at": .string(at.rfc3339), "position": .int(position.rawValue),
        ]
        members["step"] = step.map { .string($0.rawValue) }
        members["run"] = run.map { .int(Int64($0.rawValue)) }
        // Old amounts in the form of new ones, as the API tells them.
        members["data"] = EventKind(rawValue: kind)?.told(payload) ?? payload
        return members
    }
}
