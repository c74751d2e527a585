internal import Core
internal import HTTPClient
internal import Secrets

/// Where one of OpenAI's two interfaces is, and how it is asked: what both providers share.
struct OpenAIEndpoint: Sendable {
    let name: String
    let baseURL: BaseURL
    let key: String?
    let keyPlace: SecretReference?
    let headers: ClientHeaders
    let client: HTTPClient
    let timeouts: ClientRequest.Timeouts
    /// What its servers are known to refuse.
    let memory: ConcessionMemory

    /// Asks, and asks again without what the server refuses; nothing of an answer has arrived then.
    /// - Parameters:
    ///   - path: behind the base URL.
    ///   - form: what is expected, for errors.
    ///   - body: the request without these concessions.
    func respond(
        to model: ModelName, path: String, form: String, as assembly: some AnswerAssembly,
        _ onEvent: @Sendable (ModelEvent) async -> Void, body: (Set<Concession>) -> JSON
    ) async throws -> ModelResponse {
        let errors = UpstreamErrors(
            provider: name, secret: key, keyPlace: keyPlace, model: model.model, form: form)
        let exchange = ModelExchange(client: client, errors: errors)
        let known = memory.concessions(for: model)
        var made = known
        while true {
            let sent = body(made)
            do {
                let response = try await exchange.attempt(
                    call(path, sent), as: assembly, onEvent, complete: Self.addReportedCost)
                if made != known { memory.note(made, for: model) }
                return response
            } catch let refused as RefusedRequest {
                // Each is made once, so this ends.
                guard let further = Concession.next(after: refused, to: sent, made: made),
                    made.insert(further).inserted
                else { throw refused.error }
            }
        }
    }

    private func call(_ path: String, _ body: JSON) -> ClientRequest {
        var call = ClientRequest(
            "POST", baseURL.text + path,
            headers: ["Content-Type": "application/json", "Accept": "text/event-stream"], body: body.bytes)
        for (name, value) in headers { call.headers[name] = value }
        if let key { call.headers.add("Authorization", "Bearer \(key)") }
        call.timeouts = timeouts
        return call
    }

    /// The LiteLLM proxy says in its header what an answer costs; what the answer itself says goes before it.
    private static let addReportedCost: @Sendable (inout ModelResponse, ClientHeaders) -> Void = { response, headers in
        response.reportedCost =
            response.reportedCost ?? ReportedCost.ofLiteLLM(header: headers["x-litellm-response-cost"])
    }
}
