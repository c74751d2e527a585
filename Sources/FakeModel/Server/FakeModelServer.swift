internal import Core
internal import HTTPServer

/// A server that speaks like the providers of models, on this machine: scripted answers and faults, no key, no network,
/// no cost.
///
/// It speaks OpenAI's chat completions and responses, Anthropic's Messages and Gemini's generateContent, each streamed
/// and whole. Whatever model is asked for answers. `GET /fake/requests` and `GET /fake/times` tell what was asked, and
/// when.
public final class FakeModelServer: Sendable {
    private let http: HTTPServer
    private let answerer: FakeModelAnswerer

    /// Opens a port.
    /// - Parameters:
    ///   - script: what is answered; nil for an echo of what was asked.
    ///   - port: 0 takes any free one.
    ///   - key: what requests must bring along; nil for nothing.
    /// - Throws: `SignalboxError` with code `invalid_configuration` when the port is taken.
    public init(script: FakeScript? = nil, port: UInt16 = 0, key: String? = nil) throws {
        var configuration = ServerConfiguration(port: port)
        // A connection that hangs on purpose ends only by this.
        configuration.graceTimeout = .milliseconds(20)
        http = try HTTPServer(configuration: configuration)
        answerer = FakeModelAnswerer(
            script: script, key: key, startedSeconds: Timestamp.now.millisecondsSinceEpoch / 1000)
    }

    /// `http://127.0.0.1:7272`: what Anthropic's and Gemini's base URLs begin with.
    public var address: String { http.address }

    /// The base URL of OpenAI's interfaces.
    public var openAIBaseURL: String { http.address + "/v1" }

    /// Begins to answer.
    public func start() throws { try http.start(answerer) }

    /// Stops; answers that wait on purpose are cut off.
    public func stop() async { await http.stop() }

    /// The latest requests, oldest first; keys stand in none of them.
    public var requests: [KeptRequest] { answerer.requests.all }

    /// Serves while the body runs.
    public static func serving<Result: Sendable>(
        _ script: FakeScript? = nil, key: String? = nil, _ body: (FakeModelServer) async throws -> Result
    ) async throws -> Result {
        let server = try FakeModelServer(script: script, key: key)
        try server.start()
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }
}
