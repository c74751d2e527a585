internal import Core

/// The name of a task as it is typed, and why it was not taken.
struct RenameState: Sendable {
    var task: TaskNumber
    var name: String
    var message: String?

    init(task: TaskNumber, name: String, message: String? = nil) {
        self.task = task
        self.name = name
        self.message = message
    }

    init(_ row: TaskRowView) { self.init(task: row.number, name: row.name) }
}
