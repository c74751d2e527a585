internal import Core
internal import Plans
internal import Providers

extension SettingsReader {
    /// `false`; where the kind alone does not say it, `true`; where there are several versions, one of them.
    mutating func webSearch(_ entry: PositionedValue.Entry, of kind: ProviderKind) -> WebSearchSupport? {
        switch entry.value.json {
        case .bool(false): return WebSearchSupport.none
        case .bool(true): return .available
        case .string(let text) where kind == .anthropic && WebSearchSupport.anthropicVersions.contains(text):
            return .version(text)
        default:
            let versions = kind == .anthropic ? WebSearchSupport.anthropicVersions : []
            return wrong(entry, (["true", "false"] + versions).joined(separator: ", "))
        }
    }
}
