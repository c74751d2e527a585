internal import Core
internal import Engine

/// What a request for a task comes to: the plan that runs, and what it is given.
struct TaskChoice: Sendable {
    var executable: ExecutablePlan
    var inputs: [String: JSON]
    /// Files of an app's parameters.
    var files: [TaskFile] = []
    /// The app that is run.
    var app: String?
}
