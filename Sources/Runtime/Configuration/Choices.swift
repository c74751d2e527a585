internal import Processes
internal import Store

/// Chooses for each setting among those who may say something about it, and remembers who did.
struct Choices {
    private(set) var made: [Settings.Origin] = []
    /// The file that `choose` is given the values of.
    var file: String?

    init(file: String?) {
        self.file = file
    }

    /// The value of the first that is there.
    mutating func choose<Value>(
        _ name: String, _ flag: Value?, _ variable: Value?, _ file: Value?, default fallback: Value
    ) -> Value {
        choose(name, flag, variable, file, fallback: fallback) ?? fallback
    }

    /// The value of the first that is there; nil when none is.
    mutating func choose<Value>(
        _ name: String, _ flag: Value?, _ variable: Value?, _ file: Value?, fallback: Value? = nil
    ) -> Value? {
        if let flag {
            add(name, flag, from: "--" + name.replacing("_", with: "-"))
        } else if let variable {
            add(name, variable, from: "SIGNALBOX_" + name.uppercased())
        } else if let file {
            add(name, file, from: self.file ?? "")
        } else {
            add(name, fallback.map { "\($0)" } ?? "none", from: Self.fallback)
        }
        return flag ?? variable ?? file ?? fallback
    }

    /// Notes how long finished tasks are kept.
    mutating func note(_ policy: RetentionPolicy, days: Int?, file: RetentionPolicy?) {
        func text(_ days: Int?) -> String { days.map { "\($0) days" } ?? Settings.forever }
        let origin = days != nil ? "SIGNALBOX_RETENTION_DAYS" : file != nil ? self.file ?? "" : Self.fallback
        made.append(Settings.Origin(name: "retention.days", value: text(policy.days), origin: origin))
        for (plan, days) in policy.daysByPlan.sorted(by: { $0.key < $1.key }) {
            made.append(
                Settings.Origin(name: "retention.plans.\(plan)", value: text(days), origin: self.file ?? ""))
        }
    }

    /// Notes which providers are configured; their keys are named by variables and never shown.
    mutating func note(_ providers: [String]) {
        guard !providers.isEmpty else { return }
        made.append(
            Settings.Origin(name: "providers", value: providers.joined(separator: ", "), origin: file ?? ""))
    }

    private mutating func add(_ name: String, _ value: some Any, from origin: String) {
        let text = (value as? SandboxMode)?.rawValue ?? "\(value)"
        made.append(Settings.Origin(name: name, value: text, origin: origin))
    }

    private static let fallback = "default"
}
