internal import Core
internal import HTTPClient

/// The way of a request to a provider over HTTP and of its answer back: the same for all of them.
struct ModelExchange: Sendable {
    let client: HTTPClient
    let errors: UpstreamErrors

    /// An error body is read up to this many bytes.
    private static let errorBodyBytesMaximum = 64 << 10

    /// Sends a request and puts its answer together, telling what arrives on the way.
    /// - Parameter complete: adds what the header of the response says to the answer, also to one that was cut off.
    /// - Throws: `CutResponse` when an answer had begun to arrive; `SignalboxError` with code `upstream_error` when none
    ///   had; `CancellationError`.
    func answer(
        to call: ClientRequest, as assembly: some AnswerAssembly, _ onEvent: @Sendable (ModelEvent) async -> Void,
        complete: @Sendable (inout ModelResponse, ClientHeaders) -> Void = { _, _ in }
    ) async throws -> ModelResponse {
        do {
            return try await attempt(call, as: assembly, onEvent, complete: complete)
        } catch let refused as RefusedRequest {
            throw refused.error
        }
    }

    /// Like `answer`, but throws `RefusedRequest` for an answer with an error status, for those who know what to do
    /// about some of them.
    func attempt(
        _ call: ClientRequest, as assembly: some AnswerAssembly, _ onEvent: @Sendable (ModelEvent) async -> Void,
        complete: @Sendable (inout ModelResponse, ClientHeaders) -> Void = { _, _ in }
    ) async throws -> ModelResponse {
        let response = try await send(call)
        guard response.status == 200 else { throw try await refusal(response) }
        let headroom = response.headers.headroom
        do {
            var answer = try await read(response, as: assembly, onEvent)
            answer.headroom = headroom
            complete(&answer, response.headers)
            return answer
        } catch var cut as CutResponse {
            cut.response.headroom = headroom
            complete(&cut.response, response.headers)
            throw cut
        }
    }

    private func send(_ call: ClientRequest) async throws -> ClientResponse {
        do {
            return try await client.send(call)
        } catch var error as SignalboxError {
            error.message = "\(errors.provider) cannot be asked: \(error.message)"
            throw error
        }
    }

    private func read(
        _ response: ClientResponse, as assembly: some AnswerAssembly, _ onEvent: @Sendable (ModelEvent) async -> Void
    ) async throws -> ModelResponse {
        var answer = StreamedAnswer(assembly, errors)
        var pieces = response.body.makeAsyncIterator()
        var cause: SignalboxError?
        do {
            while !answer.isFinished, let piece = try await pieces.next() {
                for event in answer.receive(piece) { await onEvent(event) }
            }
        } catch let error as SignalboxError {
            cause = error
        }
        for event in answer.end() { await onEvent(event) }
        return try answer.result(cutBy: cause)
    }

    private func refusal(_ response: ClientResponse) async throws -> RefusedRequest {
        var body: [UInt8] = []
        do {
            for try await piece in response.body {
                body += piece
                if body.count >= Self.errorBodyBytesMaximum { break }
            }
        } catch is SignalboxError {
            // The status says enough when the sentence that goes with it does not arrive.
        }
        let refusal = TemporaryRefusal(modelStatus: response.status, headers: response.headers, now: .now)
        return RefusedRequest(
            status: response.status, body: body,
            error: errors.status(
                response.status, body: body, refusal: refusal, location: response.headers["Location"]))
    }
}

/// A provider answered with an error status: nothing of an answer has arrived.
struct RefusedRequest: Error {
    let status: Int
    /// The beginning of what it said.
    let body: [UInt8]
    /// The same for people.
    let error: SignalboxError
}
