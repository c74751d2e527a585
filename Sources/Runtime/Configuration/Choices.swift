internal import Core
internal import Processes
internal import Store

/// Chooses for each setting among those who may say something about it, and remembers who did.
struct Choices {
    private(set) var made: [Settings.Origin] = []
    private var values: [String: JSON] = [:]
    private let variables: SettingVariables

    init(_ variables: SettingVariables) {
        self.variables = variables
    }

    /// The value of a setting, once it has been chosen; `null` for none.
    subscript(name: String) -> JSON { values[name] ?? .null }

    func integer(_ name: String) -> Int? { self[name].intValue.flatMap(Int.init(exactly:)) }

    /// Chooses the value of the first that says something: a flag, a variable, the file, the default.
    /// - Parameters:
    ///   - file: what the file says.
    ///   - path: of that file.
    ///   - fallback: in the place of the setting's own.
    /// - Throws: `SignalboxError` with code `invalid_configuration` for a variable that says something else.
    mutating func choose(
        _ setting: SettingDefinition, flag: JSON? = nil, file: JSON?, of path: String?, fallback: JSON? = nil
    ) throws {
        let chosen: (value: JSON, origin: String)
        if let flag {
            chosen = (flag, "--" + setting.name.replacing("_", with: "-"))
        } else if let variable = try variables.value(of: setting) {
            chosen = (variable, setting.variable)
        } else if let file {
            chosen = (file, path ?? "")
        } else {
            chosen = (fallback ?? setting.fallback, Self.fallback)
        }
        values[setting.name] = chosen.value
        let isDefault = chosen.origin == Self.fallback
        let text =
            isDefault && chosen.value.isNull ? setting.defaultText : setting.kind.text(of: chosen.value)
        made.append(Settings.Origin(name: setting.name, value: text, origin: chosen.origin))
    }

    /// Notes something that only a file can say.
    mutating func note(_ name: String, _ value: String, in path: String?) {
        made.append(Settings.Origin(name: name, value: value, origin: path ?? ""))
    }

    private static let fallback = "default"
}

/// The variables `SIGNALBOX_…`; an empty one counts as not set.
struct SettingVariables {
    private let environment: [String: String]

    init(_ environment: [String: String]) {
        self.environment = environment
    }

    subscript(name: String) -> String? {
        environment["SIGNALBOX_" + name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What a variable says about a setting; nil when it is not set.
    /// - Throws: `SignalboxError` with code `invalid_configuration`.
    func value(of setting: SettingDefinition) throws -> JSON? {
        guard let text = environment[setting.variable], !text.isEmpty else { return nil }
        guard let value = setting.kind.value(text: text) else {
            throw SignalboxError(.configuration, "\(setting.variable) must be \(setting.rule).")
        }
        return value
    }
}
