public import Core

extension SignalboxClient {
    /// Sums of what calls of models have used, as the API gives them.
    /// - Parameter parameters: by the names of the API: `by`, `from`, `to`, `plan`, `agent`, `model`, `page`, `size`.
    public func usage(_ parameters: [(name: String, value: String)]) async throws -> JSON {
        let query = parameters.map { "\($0.name)=\(PercentEncoding.segment($0.value))" }.joined(separator: "&")
        return try await send(APIRequest("GET", query.isEmpty ? "/api/usage" : "/api/usage?\(query)")) { $0 }
    }
}
