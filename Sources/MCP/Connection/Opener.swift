internal import Core
internal import HTTPClient
internal import Processes

/// Reaches a server and finds out what it speaks.
struct Opener: Sendable {
    let name: String
    let settings: MCPServerSettings
    /// Where its program works unless the settings say otherwise, and by which leftovers of it are found.
    let directory: String
    let client: HTTPClient
    let events: ChannelEvents
    let logLevel: String?

    /// A session.
    /// - Parameter assumesHandshake: the server was one with sessions the last time.
    /// - Throws: `Fault`, or `SignalboxError` of lower rooms.
    func open(assumesHandshake: Bool) async throws -> Session {
        let channel = try await channel()
        do {
            return assumesHandshake ? try await handshake(channel) : try await negotiate(channel)
        } catch {
            let hasEnded = channel.end != nil
            channel.abandon(error as? Fault ?? Fault("it could not be agreed with"))
            guard hasEnded, !assumesHandshake, channel is StdioChannel, error is Fault else { throw error }
            // Some servers with sessions end when anything but the handshake comes first.
            return try await open(assumesHandshake: true)
        }
    }

    private func channel() async throws -> any Channel {
        switch settings.transport {
        case .stdio(let command, let environment, let directory):
            do {
                return try await StdioChannel.start(try await spec(command, environment, directory), events)
            } catch let error as SignalboxError {
                var hint = error.hint
                let program = command.first ?? ""
                if directory == nil, program.contains("/"), !program.hasPrefix("/") {
                    hint =
                        "Write the full path, or say with \"directory\" of the server where it starts: "
                        + "without that it starts in a directory of its own."
                }
                throw Fault("its program cannot be started: \(error.message.asReason)", hint: hint, cause: error)
            }
        case .http(let url, let headers):
            return HTTPChannel(url: url, headers: headers, client: client, events)
        }
    }

    private func spec(_ command: [String], _ environment: [String: String], _ place: String?) async throws
        -> ProcessSpec
    {
        let own = directory
        let home = try await onOwnThread("mcp-directory") {
            try FileSystem.createDirectory(own)
            return try FileSystem.resolve(own)
        }
        let mark = (name: LeftoverProcesses.directoryVariable, value: home)
        var spec = ProcessSpec(
            arguments: command, directory: place ?? home,
            environment: environment.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } + [mark])
        spec.home = home
        return spec
    }

    /// Asks for the newest revision first, and falls back as the specification says (basic/versioning § Backward
    /// Compatibility): whatever is not the answer of a server without sessions comes from one with them.
    private func negotiate(_ channel: any Channel) async throws -> Session {
        do {
            return try await discover(channel, patience: .probe)
        } catch let error as RPCError {
            return try await fallBack(channel, error)
        } catch let fault as Fault where fault.cause is MCPTimeout {
            do {
                return try await handshake(channel)
            } catch is RPCError {
                // It was only slow to start.
                return try await discover(channel, patience: settings.patience)
            }
        } catch let fault as Fault where channel.end == nil && channel is HTTPChannel {
            do {
                return try await handshake(channel)
            } catch is RPCError {
                throw fault
            }
        }
    }

    private func fallBack(_ channel: any Channel, _ error: RPCError) async throws -> Session {
        guard error.isOfStatelessServer else { return try await handshake(channel) }
        guard error.code == RPCError.unsupportedRevision else { throw error }
        return try await handshake(channel, offered: error.data?["supported"])
    }

    private func discover(_ channel: any Channel, patience: Patience) async throws -> Session {
        let meta = Metadata.stateless(mayAsk: settings.mayAsk, logLevel: nil)
        let result = try await channel.perform(
            Exchange("server/discover", ["_meta": .object(meta)], patience: patience)
        ).result
        let reader = MemberReader(result, "its description")
        let versions = try reader.array("supportedVersions")
        guard versions.contains(.string(Revision.stateless.rawValue)) else {
            return try await handshake(channel, offered: .array(versions))
        }
        channel.settle(.stateless)
        return session(
            channel, .stateless, try reader.object("capabilities"), result["_meta"]?[Metadata.serverInfo],
            try reader.optionalText("instructions"))
    }

    /// - Parameter versions: the revisions that the server has named.
    private func handshake(_ channel: any Channel, offered versions: JSON?) async throws -> Session {
        let words = versions?.arrayValue?.compactMap(\.stringValue) ?? []
        guard words.contains(where: { Revision(rawValue: $0)?.hasHandshake ?? false }) else {
            throw Self.unknownRevision(words.prefix(8).joined(separator: ", "))
        }
        return try await handshake(channel)
    }

    private func handshake(_ channel: any Channel) async throws -> Session {
        let result = try await channel.perform(
            Exchange(
                "initialize",
                [
                    "protocolVersion": .string(Revision.session.rawValue),
                    "capabilities": Metadata.capabilities(mayAsk: settings.mayAsk), "clientInfo": Metadata.client,
                ], patience: settings.patience)
        ).result
        let reader = MemberReader(result, "its answer to the handshake")
        let version = try reader.text("protocolVersion")
        guard let revision = Revision(rawValue: version), revision.hasHandshake else {
            throw Self.unknownRevision(version)
        }
        channel.settle(revision)
        let session = session(
            channel, revision, try reader.object("capabilities"), result["serverInfo"],
            try reader.optionalText("instructions"))
        try await channel.notify("notifications/initialized", [:])
        try await askForLogs(session)
        return session
    }

    private func askForLogs(_ session: Session) async throws {
        guard let logLevel, session.description.capabilities["logging"] != nil else { return }
        do {
            _ = try await session.channel.perform(
                session.exchange("logging/setLevel", ["level": .string(logLevel)], patience: .probe))
        } catch is RPCError {
            // Then it logs what it likes.
        }
    }

    private func session(
        _ channel: any Channel, _ revision: Revision, _ capabilities: JSONObject, _ software: JSON?,
        _ instructions: String?
    ) -> Session {
        let description = MCPServerDescription(
            server: name, softwareName: software?["name"]?.stringValue,
            softwareVersion: software?["version"]?.stringValue, revision: revision.rawValue,
            capabilities: capabilities, instructions: instructions)
        return Session(
            channel: channel, revision: revision, settings: settings, description: description, logLevel: logLevel)
    }

    private static func unknownRevision(_ version: String) -> Fault {
        Fault(
            "it speaks the revision \(version.isEmpty ? "of nobody knows when" : version) of the protocol",
            hint: "Signalbox speaks \(Revision.words): update the server.")
    }
}
