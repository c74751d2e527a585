/// The parts of a task's page of which one is shown at a time. Their names stand in addresses: `/tasks/142?part=timeline`.
public enum TaskPart: String, Sendable, Hashable, CaseIterable {
    /// The steps as they stand inside each other, with what was given and what came out.
    case steps
    /// The plan as a graph with live states.
    case flow
    /// Everything that happened, in order.
    case timeline
    /// What took how long, as bars.
    case waterfall
    /// What calls of models cost, and where.
    case costs

    /// How the page names it.
    var word: String {
        switch self {
        case .steps: "Steps"
        case .flow: "Flowchart"
        case .timeline: "Timeline"
        case .waterfall: "Waterfall"
        case .costs: "Costs"
        }
    }

    /// Whether it needs the files for drawings.
    var isDrawn: Bool {
        switch self {
        case .flow, .waterfall, .costs: true
        case .steps, .timeline: false
        }
    }

    /// What an address says after the task's number; nothing for the part that is shown when none is named.
    var query: String { self == .steps ? "" : "?part=\(rawValue)" }
}
