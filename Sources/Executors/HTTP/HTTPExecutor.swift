internal import Core
internal import Engine
internal import HTTPClient

/// Sends requests to other systems.
struct HTTPExecutor: Sendable {
    /// Followed for `GET` and `HEAD` only: another method must not be repeated at a place nobody named.
    private static let redirectsMaximum = 5

    let client: HTTPClient

    func run(_ call: StepWork.Request, of work: StepWork) async throws -> StepOutcome {
        let request = request(of: call, work)
        let client = self.client
        let (response, body): (ClientResponse, [UInt8])
        do {
            (response, body) = try await work.timeout.limit {
                let response = try await client.send(request)
                return (response, try await response.collect(bytesMaximum: Limits.outputBytesMaximum))
            }
        } catch let error as SignalboxError {
            return .failed(Failure(.toolError, upstream: error))
        }
        let output = response.output(body: body)
        guard response.status < 400 else {
            let refusal = TemporaryRefusal(status: response.status, headers: response.headers, now: .now)
            return .failed(
                Failure(
                    .toolError, "\(call.method) \(call.url) was answered with status \(response.status).",
                    isTransient: refusal != nil, retryAfterMilliseconds: refusal?.retryAfterMilliseconds),
                trace: output)
        }
        if let problem = response.problem(with: body) {
            return .failed(Failure(.validation, "\(call.method) \(call.url) \(problem)"), trace: output)
        }
        return .completed(StepResult(output: output))
    }

    private func request(of call: StepWork.Request, _ work: StepWork) -> ClientRequest {
        var request = ClientRequest(call.method, call.url)
        for (name, value) in call.headers { request.headers.add(name, value) }
        switch call.body {
        case nil: break
        case .string(let text)?: request.body = Array(text.utf8)
        case let body?:
            request.body = body.bytes
            if request.headers["Content-Type"] == nil { request.headers.add("Content-Type", "application/json") }
        }
        let isSafe = ["GET", "HEAD"].contains(call.method)
        // Whoever it leads to would be sent the secrets, too.
        request.redirectsMaximum = isSafe && work.secrets.isEmpty ? Self.redirectsMaximum : 0
        if !isSafe, request.headers["Idempotency-Key"] == nil {
            request.headers.add("Idempotency-Key", work.idempotencyKey)
        }
        // The step's own bound stands above the client's.
        request.timeouts.firstByte = nil
        request.timeouts.idle = nil
        return request
    }
}
