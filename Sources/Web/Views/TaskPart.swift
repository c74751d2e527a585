/// The parts of a task's page of which one is shown at a time. Their names stand in addresses: `/tasks/142?part=timeline`.
public enum TaskPart: String, Sendable, Hashable, CaseIterable {
    /// The steps as they stand inside each other, with what was given and what came out.
    case steps
    /// Everything that happened, in order.
    case timeline

    /// How the page names it.
    var word: String {
        switch self {
        case .steps: "Steps"
        case .timeline: "Timeline"
        }
    }

    /// What an address says after the task's number; nothing for the part that is shown when none is named.
    var query: String { self == .steps ? "" : "?part=\(rawValue)" }
}
