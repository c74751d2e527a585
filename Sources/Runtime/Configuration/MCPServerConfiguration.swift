public import Secrets

/// How an MCP server is reached: what `signalbox.yaml` says under its name.
public struct MCPServerConfiguration: Sendable, Hashable {
    public var name: String
    public var transport: Transport<ConfiguredText>
    /// How long one call may take.
    public var timeoutMilliseconds: Int64
    /// Whether what it says of its own tools counts: that they only read, or may be called twice.
    public var trustsHints: Bool

    /// The way to a server.
    /// - Parameter Text: `ConfiguredText`, or `String` once secrets have been put in.
    public enum Transport<Text: Sendable & Hashable>: Sendable, Hashable {
        /// A program that speaks on stdin and stdout.
        /// - Parameter directory: where it starts; nil for the data directory.
        case stdio(command: [String], environment: [Field<Text>], directory: String?)
        /// A server at an address, with header fields of each request.
        case http(url: String, headers: [Field<Text>])
    }

    /// A variable or a header field.
    public struct Field<Text: Sendable & Hashable>: Sendable, Hashable {
        public var name: String
        public var value: Text

        public init(name: String, value: Text) {
            self.name = name
            self.value = value
        }
    }

    public init(
        name: String, transport: Transport<ConfiguredText>, timeoutMilliseconds: Int64, trustsHints: Bool = false
    ) {
        self.name = name
        self.transport = transport
        self.timeoutMilliseconds = timeoutMilliseconds
        self.trustsHints = trustsHints
    }

    /// When the settings do not say.
    public static let timeoutMillisecondsDefault: Int64 = 60_000

    /// The way to the server with secrets in it: for the moment it is started or asked, never to be kept.
    /// - Throws: `SignalboxError` as `SecretSource.text` does.
    public func resolved(by secrets: SecretSource) async throws -> Transport<String> {
        func values(_ fields: [Field<ConfiguredText>]) async throws -> [Field<String>] {
            var values: [Field<String>] = []
            for field in fields { values.append(Field(name: field.name, value: try await secrets.text(field.value))) }
            return values
        }
        switch transport {
        case .stdio(let command, let environment, let directory):
            return .stdio(command: command, environment: try await values(environment), directory: directory)
        case .http(let url, let headers): return .http(url: url, headers: try await values(headers))
        }
    }
}
