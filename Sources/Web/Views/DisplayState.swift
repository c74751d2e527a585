/// The state of a task or a step as people see it. Word, icon and colour always go together and stand only here.
public enum DisplayState: String, Sendable, CaseIterable {
    case queued
    case running
    /// Waiting for anything but a person.
    case waiting
    /// Waiting for the answer to a question.
    case paused
    /// Waiting for a person's decision: approval, review, budget, in doubt.
    case approvalRequired
    case completed
    /// Completed although a step failed, as its plan allows.
    case completedWithWarning
    case failed
    /// A step that failed, as its plan or a person allows: the task goes on.
    case failedAllowed
    case skipped
    case cancelled

    /// The word beside the icon.
    public var word: String {
        switch self {
        case .queued: "Queued"
        case .running: "Running"
        case .waiting: "Waiting"
        case .paused: "Paused"
        case .approvalRequired: "Approval required"
        case .completed: "Completed"
        case .completedWithWarning: "Completed, with a warning"
        case .failed: "Failed"
        case .failedAllowed: "Failed, allowed"
        case .skipped: "Skipped"
        case .cancelled: "Cancelled"
        }
    }

    /// The colour, as the style sheet names it.
    var tone: Tone {
        switch self {
        case .queued, .skipped, .cancelled: .gray
        case .running: .blue
        case .waiting, .paused, .approvalRequired, .failedAllowed: .amber
        case .completed, .completedWithWarning: .green
        case .failed: .red
        }
    }

    /// Whether nothing more will happen by itself.
    public var isFinal: Bool {
        switch self {
        case .completed, .completedWithWarning, .failed, .failedAllowed, .skipped, .cancelled: true
        case .queued, .running, .waiting, .paused, .approvalRequired: false
        }
    }

    /// The few colours that mean something.
    enum Tone: String, Sendable {
        case gray, blue, amber, green, red
    }
}
