internal import Core
internal import Engine
internal import Runtime
internal import Store

/// What is done to which tasks.
struct BulkRequest: Sendable {
    enum Choice: Sendable {
        case tasks([String])
        case filter(TaskFilter)
    }

    var action: Runtime.BulkAction
    var choice: Choice
    var isDryRun: Bool
    /// How tasks are rerun.
    var rerun: AgainRequest

    init(_ body: JSON) throws {
        var reader = try ObjectReader(body)
        let action = Self.action(&reader)
        let tasks = Self.tasks(&reader)
        let filter = Self.filter(&reader)
        isDryRun = Self.boolean("dry_run", &reader)
        rerun = .rerun(AgainRequest.version(&reader))
        rerun.trigger = TaskRequest.trigger(&reader)
        if (tasks == nil) == (filter == nil) {
            reader.add("either \"tasks\" or \"filter\" says which tasks are meant", at: "tasks")
        }
        if let filter, filter.isEmpty {
            reader.add("the filter is empty", at: "filter", hint: "name a plan, a status or a time")
        }
        if let tasks, tasks.count > Limits.bulkTasksMaximum {
            reader.add("at most \(Limits.bulkTasksMaximum) tasks can be named", at: "tasks")
        }
        try reader.finish()
        guard let action else { preconditionFailure("A request without an action has a mistake.") }
        self.action = action
        choice = tasks.map(Choice.tasks) ?? .filter(filter ?? TaskFilter())
    }

    private static func action(_ reader: inout ObjectReader) -> Runtime.BulkAction? {
        let word = reader.string("action")
        if let action = word.flatMap(Runtime.BulkAction.init(rawValue:)) { return action }
        let known = Runtime.BulkAction.allCases.map(\.rawValue).joined(separator: ", ")
        reader.add(
            word.map { "there is no action \"\($0.prefix(40))\"" } ?? "the member \"action\" is missing", at: "action",
            hint: "it is one of \(known)")
        return nil
    }

    /// Numbers or ids.
    private static func tasks(_ reader: inout ObjectReader) -> [String]? {
        guard let elements = reader.array("tasks") else { return nil }
        var references: [String] = []
        for (place, element) in elements.enumerated() {
            guard let reference = element.intValue.map(String.init) ?? element.stringValue else {
                reader.add("a task is a number or an id", at: "tasks", element: place)
                continue
            }
            if !references.contains(reference) { references.append(reference) }
        }
        return references
    }

    private static func filter(_ reader: inout ObjectReader) -> TaskFilter? {
        guard let object = reader.object("filter") else { return nil }
        do {
            var fields = try ObjectReader(.object(object), at: reader.pointer(to: "filter"))
            var filter = TaskFilter()
            if let plan = fields.string("plan") { filter.plans = [plan] }
            if let word = fields.string("status") {
                filter.statuses = [word]
                if TaskStatus(rawValue: word) == nil {
                    fields.add(
                        "there is no status \"\(word.prefix(40))\"", at: "status",
                        hint: "it is one of \(TaskStatus.allCases.map(\.rawValue).joined(separator: ", "))")
                }
            }
            filter.from = time("from", &fields)
            filter.to = time("to", &fields)
            reader.add(fields.mistakes())
            return filter
        } catch {
            preconditionFailure("An object can be read as one.")
        }
    }

    private static func time(_ name: String, _ reader: inout ObjectReader) -> Timestamp? {
        guard let text = reader.string(name) else { return nil }
        if let time = TaskFilter.time(text, isEnd: name == "to") { return time }
        reader.add("\"\(name)\" is no time", at: name, hint: "write it as 2026-11-20 or 2026-11-20T15:04:05Z")
        return nil
    }

    private static func boolean(_ name: String, _ reader: inout ObjectReader) -> Bool {
        guard let value = reader.value(name) else { return false }
        if value.boolValue == nil { reader.add("\"\(name)\" must be true or false", at: name) }
        return value.boolValue ?? false
    }
}
