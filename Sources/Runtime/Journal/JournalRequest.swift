internal import Core
internal import Engine
internal import Store

/// Something the journal is asked to make durable, and whom to tell when it is.
struct JournalRequest: Sendable {
    let body: Body
    let answer: @Sendable (Result<JournalAnswer, any Error>) -> Void

    enum Body: Sendable {
        case create(NewTask)
        case command(any TaskCommand, TaskNumber)
        case savePlan(PlanRow)
    }
}

/// What the journal says when the request is durable.
enum JournalAnswer: Sendable {
    case created(Runtime.Receipt)
    case transition(Transition)
    case saved
}

/// A task to be made; number and id are given by the journal.
struct NewTask: Sendable {
    var plan: PlanRow
    var executable: ExecutablePlan
    var name: String
    var source: TaskSource
    var trigger: TaskTrigger
    var inputs: JSONObject
    var files: [TaskFile]
    var tags: [String]
    var model: String?
    var defaultModel: String?
    /// The client's key and the hash of its request.
    var requestKey: (key: String, requestHash: ContentHash)?
}
