internal import Core
public import HTTPClient
internal import Secrets

/// Models behind Anthropic's Messages interface: Claude, and what others offer in its form.
public struct AnthropicProvider: ModelProvider {
    public let name: String
    private let baseURL: BaseURL
    private let key: String?
    private let keyPlace: SecretReference?
    private let headers: ClientHeaders
    private let search: String
    private let client: HTTPClient
    private let timeouts: ClientRequest.Timeouts

    /// How the interface is spoken: the only version there is.
    private static let version = "2023-06-01"

    /// A provider of that name.
    /// - Parameters:
    ///   - key: Sent as `x-api-key`; nil when the server needs none. It never stands in an error.
    ///   - timeouts: How long to wait for what; models may think for long before the first byte.
    /// - Throws: `SignalboxError` with code `invalid_configuration` for an address that cannot be used.
    public init(
        name: String, settings: ProviderSettings, key: String?, headers: ClientHeaders = [:], client: HTTPClient,
        timeouts: ClientRequest.Timeouts = .models
    ) throws {
        self.name = name
        baseURL = try BaseURL(parsing: settings.baseURL, provider: name)
        self.key = key
        keyPlace = settings.key
        self.headers = headers
        search = settings.anthropicSearch
        self.client = client
        self.timeouts = timeouts
    }

    /// Asks the model. An answer that the provider pauses, as it does when searches take long, is taken up again, and
    /// what all requests for it have used is added up.
    public func respond(
        to request: ModelRequest, onEvent: @Sendable (ModelEvent) async -> Void
    ) async throws -> ModelResponse {
        let form = try AnthropicRequest(request, search: search)
        var sum = try await exchange(form, continuing: nil, request, onEvent)
        var pauses = 0
        while sum.stopReason == .paused, pauses < Limits.pausesPerAnswerMaximum {
            pauses += 1
            // All of them together make one answer, which may be no longer than was reckoned with.
            var rest = request
            rest.outputTokensMaximum = request.outputTokensMaximum.map { $0 - Int(clamping: sum.usage?.output ?? 0) }
            if let left = rest.outputTokensMaximum, left < 1 {
                sum.stopReason = .length
                break
            }
            do {
                let form = try AnthropicRequest(rest, search: search, wholeMaximum: form.outputTokensMaximum)
                sum = sum.continued(by: try await exchange(form, continuing: sum, rest, onEvent))
            } catch let cut as CutResponse {
                throw CutResponse(sum.continued(by: cut.response), cut.error)
            } catch let error as SignalboxError {
                // What there is counts; only the rest of it is missing.
                sum.stopReason = .cut
                throw CutResponse(sum, error)
            }
        }
        return sum
    }

    private func exchange(
        _ form: AnthropicRequest, continuing sum: ModelResponse?, _ request: ModelRequest,
        _ onEvent: @Sendable (ModelEvent) async -> Void
    ) async throws -> ModelResponse {
        var call = ClientRequest(
            "POST", baseURL.text + "/messages",
            headers: [
                "Content-Type": "application/json", "Accept": "text/event-stream", "anthropic-version": Self.version,
            ],
            body: form.body(continuing: sum?.parts ?? [], searches: sum?.usage?.webSearches ?? 0).bytes)
        for (name, value) in headers { call.headers[name] = value }
        if let key { call.headers.add("x-api-key", key) }
        call.timeouts = timeouts
        let errors = UpstreamErrors(
            provider: name, secret: key, keyPlace: keyPlace, model: request.model.model, form: "a message")
        let message = AnthropicMessage(
            of: request.model, answerSchema: form.asksForAnswerTool ? request.schema : nil)
        return try await ModelExchange(client: client, errors: errors).answer(to: call, as: message, onEvent)
    }
}

extension ModelResponse.StopReason {
    /// The provider has paused and wants to be asked to go on.
    static let paused = Self.other("pause_turn")
}

extension ModelResponse {
    /// This answer with what it was continued by: one answer to one request, for which the provider counted twice.
    func continued(by later: ModelResponse) -> ModelResponse {
        var sum = later
        sum.parts = parts + later.parts
        sum.usage =
            switch (usage, later.usage) {
            case (let first?, let second?): first + second
            case (let one, let other): one ?? other
            }
        let reports = (reportedUsage?.arrayValue ?? [reportedUsage].compactMap(\.self)) + [later.reportedUsage ?? .null]
        sum.reportedUsage = .array(reports)
        sum.responseModel = later.responseModel ?? responseModel
        sum.responseID = later.responseID ?? responseID
        sum.serviceTier = later.serviceTier ?? serviceTier
        return sum
    }
}
