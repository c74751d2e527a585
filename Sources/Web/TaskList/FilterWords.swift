internal import Core
internal import Store

/// How people read the filters of an address.
enum FilterWords: Sendable {
    /// What a filter is called; `zone` has no name, since it stands beside the days.
    static func label(_ name: String) -> String {
        switch name {
        case "status": "Status"
        case "group": "Group"
        case "waiting": "Waits for"
        case "cause": "Failed by"
        case "trigger": "Trigger"
        case "model": "Model"
        case "plan": "Plan or app"
        case "tag": "Tag"
        case "from": "From"
        case "to": "To"
        case "search": "Search"
        default: name
        }
    }

    /// A value, or several with commas between them: `tool_error` is *Tool error*.
    static func value(_ text: String, of name: String) -> String {
        switch name {
        case "status", "group", "waiting", "cause", "trigger":
            text.split(separator: ",").map { word(String($0), of: name) }.joined(separator: ", ")
        case "model" where text == TaskFilter.defaultModel: "Default"
        case "search": "“\(text)”"
        default: text
        }
    }

    private static func word(_ text: String, of name: String) -> String {
        switch (name, text) {
        case ("waiting", "question"): return "Question (paused)"
        case ("trigger", "api"): return "API"
        case ("trigger", "cli"): return "Command line"
        default:
            let words = text.split(separator: "_").joined(separator: " ")
            return Format.capitalized(words)
        }
    }

    /// The name of a group, and the lamp that stands for it.
    static func group(_ group: TaskGroup) -> (word: String, state: DisplayState) {
        switch group {
        case .approvalRequired: ("Approval required", .approvalRequired)
        case .running: ("Running", .running)
        case .waiting: ("Waiting", .waiting)
        case .failed: ("Failed", .failed)
        case .finished: ("Finished", .completed)
        case .cancelled: ("Cancelled", .cancelled)
        }
    }
}
