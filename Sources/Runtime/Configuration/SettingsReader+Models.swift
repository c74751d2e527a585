internal import Core
internal import Plans
internal import Providers

extension SettingsReader {
    /// Reports settings that name a model of a provider that there is not.
    mutating func checkModels(in root: PositionedValue) {
        let own = root.entries?.first { $0.name == "providers" }?.value.entries?.map(\.name) ?? []
        let known = ProviderRegistry.names(beside: own)
        for entry in root.entries ?? [] where SettingTable.named(entry.name)?.kind == .model {
            // What is no name at all has been reported already.
            guard let text = entry.value.json.stringValue, ModelName.isWellFormed(text) else { continue }
            do {
                _ = try ModelName(parsing: text, providers: known)
            } catch let error as SignalboxError {
                report(
                    "\"\(entry.name)\": \(error.message.withoutFinalStop)", at: entry.value.place, hint: error.hint)
            } catch {
                preconditionFailure("Reading the name of a model throws errors of ours.")
            }
        }
    }
}

extension String {
    /// The sentence as a part of another.
    fileprivate var withoutFinalStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
