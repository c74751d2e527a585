/// The ways to say what a new task is to do; each has an address.
public enum ComposerMode: String, Sendable, CaseIterable {
    case instructions, plan, from, json

    /// What the link to it says.
    var word: String {
        switch self {
        case .instructions: "Instructions"
        case .plan: "Plan"
        case .from: "From a previous task"
        case .json: "JSON"
        }
    }

    var path: String { "/tasks/new?mode=\(rawValue)" }
}
