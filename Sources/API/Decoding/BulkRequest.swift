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

    /// What a client has seen before.
    enum Expectation: Sendable {
        case count(Int)
        case selection(ContentHash)
    }

    var action: Runtime.BulkAction
    var choice: Choice
    var isDryRun: Bool
    /// Which tasks it must be for anything to be done.
    var expectation: Expectation?
    /// What becomes of the tags, where that is what is done.
    var tags: TaskLabels.TagChange?
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
        expectation = Self.expectation(&reader)
        tags = LabelRequest.tags(&reader)
        if let action, (action == .tag) != (reader.value("tags") != nil) {
            reader.add(
                action == .tag ? "the member \"tags\" is missing" : "\"tags\" goes with the action \"tag\" only",
                at: "tags")
        }
        if (reader.value("tasks") == nil) == (reader.value("filter") == nil) {
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
        guard let texts = FilterFields.texts(&reader, "filter") else { return nil }
        do {
            return try TaskFilter(texts: texts)
        } catch {
            reader.add("\(error)", at: "filter")
            return nil
        }
    }

    /// A number of tasks, or the hash of those that were seen.
    private static func expectation(_ reader: inout ObjectReader) -> Expectation? {
        switch reader.value("expected") {
        case nil: return nil
        case let value?:
            if let count = value.intValue, count >= 0 { return .count(Int(clamping: count)) }
            if let hash = value.stringValue.flatMap(ContentHash.init) { return .selection(hash) }
            reader.add(
                "\"expected\" must be a number of tasks, or the \"selection\" that a dry run has given", at: "expected")
            return nil
        }
    }

    private static func boolean(_ name: String, _ reader: inout ObjectReader) -> Bool {
        guard let value = reader.value(name) else { return false }
        if value.boolValue == nil { reader.add("\"\(name)\" must be true or false", at: name) }
        return value.boolValue ?? false
    }
}
