internal import Core
internal import HTTPServer
internal import Synchronization

/// A server on the loopback that gives recorded answers, one a request, and keeps the requests: the stand-in for a
/// provider of models, so that no test needs a key or a network.
public final class RecordedModelServer: Sendable {
    private let server: HTTPServer
    private let state: Mutex<State>
    private let cuts = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    private struct State {
        var answers: [RecordedAnswer]
        var requests: [RecordedRequest] = []
    }

    private init(_ answers: [RecordedAnswer]) throws {
        var configuration = ServerConfiguration(port: 0)
        // A connection that hangs on purpose ends only by this.
        configuration.graceTimeout = .milliseconds(20)
        server = try HTTPServer(configuration: configuration)
        state = Mutex(State(answers: answers))
    }

    /// Serves these answers in order while the body runs.
    public static func serving<Result: Sendable>(
        _ answers: [RecordedAnswer], _ body: (RecordedModelServer) async throws -> Result
    ) async throws -> Result {
        let recorded = try RecordedModelServer(answers)
        try recorded.server.start(Answerer(recorded: recorded))
        do {
            let result = try await body(recorded)
            await recorded.server.stop()
            return result
        } catch {
            await recorded.server.stop()
            throw error
        }
    }

    /// The base URL for a provider's settings.
    public var baseURL: String { server.address + "/v1" }

    /// Breaks the connection of an answer that ends with `cut`.
    public func cutConnection() { cuts.continuation.yield() }

    /// What has been asked so far.
    public var requests: [RecordedRequest] { state.withLock(\.requests) }

    private struct Answerer: Responder {
        let recorded: RecordedModelServer

        func bodyBytesMaximum(_ request: Request) -> Int { Limits.outputBytesMaximum }

        func respond(to request: Request) async -> Response { await recorded.answer(to: request) }
    }

    private func answer(to request: Request) async -> Response {
        let answer = state.withLock { state -> RecordedAnswer? in
            let headers = request.headers.map { ($0.name.lowercased(), $0.value) }
            state.requests.append(
                RecordedRequest(
                    method: request.method.rawValue, path: request.path,
                    headers: Dictionary(headers, uniquingKeysWith: { first, _ in first }), body: request.body))
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        guard let answer else {
            return .text("There is no recorded answer left.", status: Status(rawValue: 500))
        }
        if case .silence = answer.ending { await Self.waitUntilCancelled() }
        var headers: Headers = ["Content-Type": answer.contentType]
        headers["Retry-After"] = answer.retryAfter
        for (name, value) in answer.headers { headers[name] = value }
        return Response(
            Status(rawValue: answer.status), headers: headers,
            body: .stream { [cuts] writer in
                for piece in answer.pieces { try await writer.write(piece) }
                switch answer.ending {
                case .whole, .silence: break
                case .cut:
                    for await _ in cuts.stream { throw CutConnection() }
                case .hang: await Self.waitUntilCancelled()
                }
            })
    }

    private static func waitUntilCancelled() async {
        for await _ in AsyncStream<Never>.makeStream().stream {}
    }

    private struct CutConnection: Error {}
}
