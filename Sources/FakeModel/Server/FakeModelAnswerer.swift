internal import Core
internal import HTTPServer
internal import Synchronization

/// Answers each request in the words of the interface that its address belongs to.
struct FakeModelAnswerer: Responder {
    private let author: ReplyAuthor
    private let key: String?
    private let startedSeconds: Int64
    private let counter = RequestCounter()
    let requests = RequestLog()
    private let times = TurnTimes()

    /// The models that are listed; every other name works as well.
    private static let models = ["fake-model", "fake-model-mini"]

    init(script: FakeScript?, key: String?, startedSeconds: Int64) {
        author = ReplyAuthor(script: script)
        self.key = key
        self.startedSeconds = startedSeconds
    }

    func bodyBytesMaximum(_ request: Request) -> Int { Limits.fakeModelBodyBytesMaximum }

    func respond(to request: Request) async -> Response {
        if request.segments.first == "fake" { return own(request) }
        let identity = AnswerIdentity(number: counter.next(), createdSeconds: startedSeconds)
        let dialect = FakeModelPath.dialect(of: request)
        let response: Response
        do {
            response = try await answer(request, in: dialect, identity)
        } catch {
            response = refusal(error, in: dialect, identity)
        }
        requests.add(request, number: identity.number, status: response.status.rawValue)
        return response
    }

    private func answer(
        _ request: Request, in dialect: any Dialect, _ identity: AnswerIdentity
    ) async throws -> Response {
        if let key, let mistake = dialect.refusal(of: request, key: key) { throw mistake }
        switch (request.method, FakeModelPath(request)) {
        case (.get, .models(let style)): return models(style, dialect, identity)
        case (.post, .answer): return try await converse(request, in: dialect, identity)
        case (.post, .count):
            let asked = try dialect.read(request)
            return .json(count(asked, dialect))
        case (_, .unknown):
            throw RequestMistake("Invalid URL (\(request.method.rawValue) \(request.path))", status: 404)
        default:
            throw RequestMistake(
                "Not allowed to \(request.method.rawValue) on \(request.path).", status: 405,
                code: "method_not_supported")
        }
    }

    private func converse(
        _ request: Request, in dialect: any Dialect, _ identity: AnswerIdentity
    ) async throws -> Response {
        let arrived = times.now
        let asked = try dialect.read(request)
        let written = try author.write(for: asked, headers: request.headers)
        if written.pace.firstByteDelay > .zero { try await Task.sleep(for: written.pace.firstByteDelay) }
        let response = try await Delivery(written: written, request: asked, dialect: dialect, identity: identity)
            .response()
        times.add(asked, arrived: arrived)
        return response
    }

    private func refusal(_ error: any Error, in dialect: any Dialect, _ identity: AnswerIdentity) -> Response {
        let mistake =
            error as? RequestMistake ?? RequestMistake(error.sentence, status: error is CancellationError ? 503 : 400)
        let body = dialect.error(mistake, overrides: nil, identity)
        var response = Response.json(body, status: Status(rawValue: mistake.status))
        for (name, value) in dialect.headers(identity) { response.headers.add(name, value) }
        return response
    }

    private func models(_ wanted: String?, _ dialect: any Dialect, _ identity: AnswerIdentity) -> Response {
        var response = Response.json(
            ModelList(names: Self.models, createdSeconds: startedSeconds).json(wanted, dialect))
        for (name, value) in dialect.headers(identity) { response.headers.add(name, value) }
        return response
    }

    private func count(_ request: FakeRequest, _ dialect: any Dialect) -> JSON {
        let tokens = JSON.int(ReplyAuthor.estimate(for: request, completion: "").input)
        return dialect is GenerateContentDialect ? ["totalTokens": tokens] : ["input_tokens": tokens]
    }

    /// What the server tells of itself.
    private func own(_ request: Request) -> Response {
        switch (request.method, request.segments.dropFirst().first) {
        case (.get, "requests"): .json(["requests": .array(requests.all.map(\.json))])
        case (.get, "times"): .json(times.json)
        default: .problem(SignalboxError(.notFound, "There is nothing at \(request.path)."), for: request)
        }
    }
}

/// Numbers requests.
private final class RequestCounter: Sendable {
    private let last = Atomic<Int64>(0)

    func next() -> Int64 { last.add(1, ordering: .relaxed).newValue }
}
