internal import Client
internal import Core
internal import Runtime

/// The options that say which server or data directory is meant.
struct PlaceOptions: Sendable {
    let server: String?
    let flags: Settings.Flags
    /// The same options again, as they are typed behind another verb: ` --data DIR`; empty when there are none.
    let arguments: String
    let followUp: FollowUp

    init(_ arguments: ParsedArguments) {
        server = arguments[.server]
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
        self.arguments = Self.text(arguments, [.server, .data, .configuration])
        followUp = FollowUp(arguments)
    }

    /// The text, in which commands in backticks find the same place.
    func completed(_ text: String) -> String { followUp.completed(text) }

    /// Some of the options as they are typed behind another verb: ` --data DIR`; empty when none of them was given.
    static func text(_ arguments: ParsedArguments, _ options: [OptionSyntax]) -> String {
        options.compactMap { option in
            arguments[option].map { " \(option.name) \(ShellWord.quoted($0))" }
        }.joined()
    }

    func open(_ context: CommandContext, for purpose: TaskHost.Purpose) async throws -> TaskHost {
        let settings = try await settings(context)
        var host = try await TaskHost.open(server: server, settings: settings, for: purpose)
        host.placeArguments = arguments
        host.followUp = followUp
        return host
    }

    /// The server that is named; nil when none is.
    var named: SignalboxClient? { server.map { SignalboxClient(HTTPTransport(base: $0)) } }

    /// The server that these options mean, if one runs: that which is named, else the one that serves the data directory.
    func serverClient(_ settings: Settings) throws -> SignalboxClient? {
        try (server ?? settings.directory.holder()?.address).map { SignalboxClient(HTTPTransport(base: $0)) }
    }

    func settings(_ context: CommandContext) async throws -> Settings {
        let (flags, environment) = (flags, context.environment)
        return try await onOwnThread("settings") { try Settings.resolve(flags, environment: environment) }
    }

    /// Refuses to start a task that nobody would carry on.
    /// - Throws: `SignalboxError` with code `invalid_input` when there is no server.
    func checkServer(_ settings: Settings) throws {
        guard try server ?? settings.directory.holder()?.address == nil else { return }
        throw SignalboxError(
            .invalidInput,
            "--detach needs a server that the task can run on, and none serves \(settings.directory.path).",
            hint: "Start one with `signalbox serve`, or run without --detach.")
    }
}
