public import Core
internal import Plans
public import Providers
public import Secrets

/// What `signalbox.yaml` says. Everything may be left out.
public struct ConfigurationFile: Sendable {
    /// What a data directory's own file is called.
    public static let name = "signalbox.yaml"
    static let bytesMaximum = 1 << 20

    /// What it says of the settings in `SettingTable`, by their names; `null` for an explicit none.
    public var values: [String: JSON] = [:]
    /// How long tasks of a plan are kept, by its name, in days; nil for ever.
    public var retentionByPlan: [String: Int?] = [:]
    public var providers: [String: ProviderSettings] = [:]
    /// In the order they are written.
    public var mcpServers: [MCPServerConfiguration] = []
    /// Where secrets are that are not in the encrypted store.
    public var secrets: [String: SecretReference] = [:]

    /// Reads the file. It blocks.
    /// - Throws: `SignalboxError`: `not_found`, or `invalid_configuration` with all mistakes, each with its place.
    public static func read(path: String) throws -> ConfigurationFile {
        try ConfigurationFile(text: try text(path: path), path: path)
    }

    /// The text of the file. It blocks.
    static func text(path: String) throws -> String {
        let bytes = try FileSystem.read(path, maximum: bytesMaximum)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SignalboxError(.configuration, "\(path) is not UTF-8 text.", hint: "Save it as UTF-8.")
        }
        return text
    }

    /// A file that says nothing.
    init() {}

    /// Reads a text.
    /// - Parameter path: what messages call it; files that it names are relative to its directory.
    /// - Throws: as `read` does.
    public init(text: String, path: String) throws {
        guard let root = try PositionedValue.read(text: text, path: path), !root.json.isNull else { return }
        var reader = SettingsReader(directory: FileSystem.parent(of: path))
        let plain = SettingTable.all.map(\.name).filter { !$0.contains(".") }
        let parts = ["retention", "providers", "mcp_servers", "secrets"]
        for entry in reader.entries(of: root, "the settings", known: plain + parts) {
            switch entry.name {
            case "retention":
                let retention = reader.retention(entry)
                values["retention.days"] = retention.days
                retentionByPlan = retention.byPlan
            case "providers": providers = reader.providers(entry)
            case "mcp_servers": mcpServers = reader.mcpServers(entry)
            case "secrets": secrets = reader.secrets(entry)
            default: values[entry.name] = SettingTable.named(entry.name).flatMap { reader.value(entry, of: $0) }
            }
        }
        reader.checkModels(in: root)
        try reader.finish(path: path)
    }
}
