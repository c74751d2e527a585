extension Layout.Section {
    /// The parts that the navigation leads to, in its order.
    static let navigable: [Layout.Section] = [.tasks, .approvals, .plans, .agents, .playground, .settings]

    /// What it is called.
    var word: String {
        switch self {
        case .tasks: "Tasks"
        case .approvals: "Approvals"
        case .plans: "Plans"
        case .agents: "Agents"
        case .playground: "Playground"
        case .settings: "Settings"
        case .reference: "API reference"
        }
    }

    /// Where it begins.
    var path: String {
        switch self {
        case .tasks: "/tasks"
        case .approvals: "/approvals"
        case .plans: "/plans"
        case .agents: "/agents"
        case .playground: "/playground"
        case .settings: "/settings"
        case .reference: "/api/docs"
        }
    }

    /// The key behind `g` that leads there.
    var key: String {
        switch self {
        case .tasks: "t"
        case .approvals: "a"
        case .plans: "p"
        case .agents: "e"
        case .playground: "y"
        case .settings: "s"
        case .reference: "d"
        }
    }

    /// Other words by which people look for it.
    var keywords: String {
        switch self {
        case .tasks: "list runs"
        case .approvals: "inbox requests decisions questions reviews"
        case .plans: "studio workflows yaml"
        case .agents: "studio prompts models"
        case .playground: "apps run"
        case .settings: "configuration limits models"
        case .reference: "openapi documentation"
        }
    }
}
