internal import Core

extension DocumentReader {
    /// What a step can do.
    static let kinds = ["set", "command", "http", "agent", "tool", "for_each", "branch", "task", "wait", "approval"]
    /// The kinds that act on the outside world, so that a person may have to agree first.
    static let actingKinds = ["command", "http", "agent", "tool", "task"]
    private static let commonKeys = [
        "description", "needs", "if", "timeout", "repeatable", "retry", "on_error", "review", "consent",
    ]
    private static let ownKeys = [
        "command": ["stdin", "env", "files", "outputs", "network"],
        "agent": ["prompt", "schema", "attach"],
        "tool": ["arguments"],
        "for_each": ["concurrency", "on_item_error", "steps", "output"],
        "branch": ["otherwise", "choose"],
        "task": ["inputs"],
    ]
    /// Words of the plan language that this version does not run yet.
    private static let laterKeys: Set = ["evaluate", "sensitive"]

    /// The one key that says what the step does.
    mutating func stepKind(_ entry: YAMLNode.Entry) -> String? {
        let name = entry.name
        guard let entries = entry.value.entries else {
            reportType(
                entry.value, "the step \"\(name)\"", mustBe: "a mapping",
                hint: "give it one of \(Self.kinds.joined(separator: ", "))")
            return nil
        }
        let found = entries.filter { Self.kinds.contains($0.name) }
        if let second = found.dropFirst().first {
            report(
                "the step \"\(name)\" is both \(found[0].name) and \(second.name)", at: second.nameRange,
                hint: "make two steps of it")
        }
        if let first = found.first { return first.name }
        for other in entries where Self.laterKeys.contains(other.name) {
            report("this version does not know \"\(other.name)\" yet", at: other.nameRange, hint: kindHint)
            return nil
        }
        for other in entries {
            let isKey = Self.commonKeys.contains(other.name) || Self.ownKeys.values.contains { $0.contains(other.name) }
            if !isKey, let meant = Suggestion.nearest(to: other.name, in: Self.kinds) {
                report("a step has no key \"\(other.name)\"", at: other.nameRange, hint: "did you mean \"\(meant)\"?")
                return nil
            }
        }
        report("the step \"\(name)\" does not say what it does", at: entry.nameRange, hint: kindHint)
        return nil
    }

    private var kindHint: String { "a step has one of \(Self.kinds.joined(separator: ", "))" }

    /// The keys that steps of a kind may have.
    func knownKeys(of kind: String) -> [String] {
        let common = Self.commonKeys.filter { key in
            switch key {
            case "consent": Self.actingKinds.contains(kind)
            case "review": !["wait", "approval"].contains(kind)
            default: true
            }
        }
        return common + Self.kinds + keys(of: kind)
    }

    private func keys(of kind: String) -> [String] { Self.ownKeys[kind] ?? [] }

    /// The article that stands before the kind of a step.
    func stepArticle(_ kind: String) -> String { ["http", "agent", "approval"].contains(kind) ? "an" : "a" }

    /// Reports a key that steps of another kind have, or that comes with a later version.
    mutating func reportMisplaced(_ entry: YAMLNode.Entry, _ kind: String) -> Bool {
        let this = "this is \(stepArticle(kind)) \(kind) step"
        if Self.laterKeys.contains(entry.name) {
            report("this version does not know \"\(entry.name)\" yet", at: entry.nameRange, hint: "remove it")
        } else if entry.name == "consent" {
            report("\"consent\" belongs to command, http, agent, tool and task steps, and \(this)", at: entry.nameRange)
        } else if entry.name == "review" {
            report("\"review\" belongs to steps that make something, and \(this)", at: entry.nameRange)
        } else if let owner = Self.kinds.first(where: { keys(of: $0).contains(entry.name) }) {
            report("\"\(entry.name)\" belongs to \(owner) steps, and \(this)", at: entry.nameRange)
        } else if kind == "http", ["method", "url", "headers", "body"].contains(entry.name) {
            report("\"\(entry.name)\" belongs inside \"http\"", at: entry.nameRange, hint: "indent it below http:")
        } else if kind == "approval", Self.approvalKeys.contains(entry.name) {
            report(
                "\"\(entry.name)\" belongs inside \"approval\"", at: entry.nameRange, hint: "indent it below approval:")
        } else {
            return false
        }
        return true
    }
}
