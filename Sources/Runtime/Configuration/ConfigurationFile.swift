internal import Core
internal import Plans
public import Processes
public import Providers
public import Store

/// What `signalbox.yaml` says. Everything may be left out.
public struct ConfigurationFile: Sendable {
    /// What a data directory's own file is called.
    public static let name = "signalbox.yaml"
    private static let bytesMaximum = 1 << 20

    public var port: UInt16?
    /// The data directory, relative to where the program was started.
    public var data: String?
    public var defaultModel: String?
    public var parallelSteps: Int?
    public var sandbox: SandboxMode?
    /// In whose name decisions are made.
    public var user: String?
    public var retention: RetentionPolicy?
    public var providers: [String: ProviderSettings] = [:]

    /// Reads the file. It blocks.
    /// - Throws: `SignalboxError`: `not_found`, or `invalid_configuration` with all mistakes, each with its place.
    public static func read(path: String) throws -> ConfigurationFile {
        let bytes = try FileSystem.read(path, maximum: bytesMaximum)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SignalboxError(.configuration, "\(path) is not UTF-8 text.", hint: "Save it as UTF-8.")
        }
        return try ConfigurationFile(text: text, path: path)
    }

    /// A file that says nothing.
    init() {}

    /// Reads a text.
    /// - Parameter path: what messages call it.
    /// - Throws: as `read` does.
    public init(text: String, path: String) throws {
        guard let root = try PositionedValue.read(text: text, path: path), !root.json.isNull else { return }
        var reader = SettingsReader()
        for entry in reader.entries(
            of: root, "the settings",
            known: ["port", "data", "default_model", "parallel_steps", "retention", "sandbox", "user", "providers"])
        {
            switch entry.name {
            case "port": port = reader.integer(entry, in: 0...65_535).map { UInt16($0) }
            case "data": data = reader.string(entry)
            case "default_model": defaultModel = reader.string(entry)
            case "parallel_steps": parallelSteps = reader.integer(entry, in: Settings.parallelStepsRange)
            case "retention": retention = reader.retention(entry)
            case "sandbox": sandbox = reader.sandbox(entry)
            case "user": user = reader.user(entry)
            case "providers": providers = reader.providers(entry)
            default: break
            }
        }
        try reader.finish(path: path)
    }
}

/// Reads settings and collects every mistake.
private struct SettingsReader {
    private var diagnostics: [Diagnostic] = []

    /// The entries of a mapping whose names are known; others are mistakes.
    mutating func entries(of value: PositionedValue, _ what: String, known: [String]?) -> [PositionedValue.Entry] {
        guard let entries = value.entries else {
            diagnostics.append(Diagnostic("\(what) must be a mapping, not \(value.json.typeName)", at: value.place))
            return []
        }
        guard let known else { return entries }
        for entry in entries where !known.contains(entry.name) {
            diagnostics.append(
                Diagnostic(
                    "there is no key \"\(entry.name)\" in \(what)", at: entry.place,
                    hint: Suggestion.hint(for: entry.name, among: known, called: "the keys are")))
        }
        return entries.filter { known.contains($0.name) }
    }

    mutating func string(_ entry: PositionedValue.Entry) -> String? {
        guard let text = entry.value.json.stringValue, !text.isEmpty else { return wrong(entry, "a text") }
        return text
    }

    mutating func integer(_ entry: PositionedValue.Entry, in range: ClosedRange<Int>) -> Int? {
        guard let number = entry.value.json.intValue, let number = Int(exactly: number), range.contains(number) else {
            return wrong(entry, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    mutating func sandbox(_ entry: PositionedValue.Entry) -> SandboxMode? {
        guard let mode = entry.value.json.stringValue.flatMap(SandboxMode.init(rawValue:)) else {
            return wrong(entry, SandboxMode.words)
        }
        return mode
    }

    mutating func user(_ entry: PositionedValue.Entry) -> String? {
        guard let name = string(entry) else { return nil }
        guard Settings.isUserName(name) else { return wrong(entry, Settings.userNameRule) }
        return name
    }

    mutating func retention(_ entry: PositionedValue.Entry) -> RetentionPolicy {
        var policy = RetentionPolicy()
        for field in entries(of: entry.value, "\"retention\"", known: ["days", "plans"]) {
            if field.name == "days" {
                policy.days = days(field)
            } else {
                for plan in entries(of: field.value, "\"plans\"", known: nil) {
                    policy.daysByPlan[plan.name] = .some(days(plan))
                }
            }
        }
        return policy
    }

    /// A number of days; nil for `forever`.
    private mutating func days(_ entry: PositionedValue.Entry) -> Int? {
        if entry.value.json.stringValue == Settings.forever { return nil }
        let range = Settings.retentionDaysRange
        guard let number = entry.value.json.intValue, let days = Int(exactly: number), range.contains(days) else {
            return wrong(
                entry, "a number of days from \(range.lowerBound) to \(range.upperBound), or \(Settings.forever)")
        }
        return days
    }

    mutating func providers(_ entry: PositionedValue.Entry) -> [String: ProviderSettings] {
        var providers: [String: ProviderSettings] = [:]
        for provider in entries(of: entry.value, "\"providers\"", known: nil) {
            var baseURL: String?
            var key: String?
            for field in entries(
                of: provider.value, "the provider \"\(provider.name)\"", known: ["base_url", "key_env"])
            {
                if field.name == "base_url" { baseURL = string(field) } else { key = string(field) }
            }
            if let baseURL {
                providers[provider.name] = ProviderSettings(baseURL: baseURL, keyVariable: key)
            } else if provider.value.entries?.contains(where: { $0.name == "base_url" }) == false {
                diagnostics.append(
                    Diagnostic(
                        "the provider \"\(provider.name)\" has no base_url", at: provider.place,
                        hint: "base_url: http://127.0.0.1:11434/v1"))
            }
        }
        return providers
    }

    private mutating func wrong<Value>(_ entry: PositionedValue.Entry, _ expected: String) -> Value? {
        diagnostics.append(Diagnostic("\"\(entry.name)\" must be \(expected)", at: entry.value.place))
        return nil
    }

    /// Ends the reading.
    func finish(path: String) throws {
        guard !diagnostics.isEmpty else { return }
        let count = diagnostics.count == 1 ? "a mistake" : "\(diagnostics.count) mistakes"
        throw SignalboxError(.configuration, "\(path) has \(count)", diagnostics: diagnostics)
    }
}
