internal import Core
internal import Runtime

/// The options that say which server or data directory is meant.
struct PlaceOptions: Sendable {
    let server: String?
    let flags: Settings.Flags

    init(_ arguments: ParsedArguments) {
        server = arguments[.server]
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
    }

    func open(_ context: CommandContext, for purpose: TaskHost.Purpose) async throws -> TaskHost {
        let settings = try await settings(context)
        return try await TaskHost.open(server: server, settings: settings, for: purpose)
    }

    func settings(_ context: CommandContext) async throws -> Settings {
        let (flags, environment) = (flags, context.environment)
        return try await onOwnThread("settings") { try Settings.resolve(flags, environment: environment) }
    }
}
