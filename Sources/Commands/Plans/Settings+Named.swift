internal import Core
internal import Runtime

extension Settings {
    /// The settings that options name; nil when they name none, for a document can be checked where no server is.
    static func named(by flags: Flags, _ context: CommandContext) async throws -> Settings? {
        guard flags.data != nil || flags.configuration != nil else { return nil }
        let environment = context.environment
        return try await onOwnThread("settings") { try Settings.resolve(flags, environment: environment) }
    }
}
