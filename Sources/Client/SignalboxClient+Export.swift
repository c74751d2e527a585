internal import Core

extension SignalboxClient {
    /// An export of a task as it arrives. A body that ends early throws, so what came without an error is whole.
    /// - Parameters:
    ///   - reference: its number or its id.
    ///   - format: `json` or `html`.
    public func export(_ reference: String, format: String) async throws -> ResponseBody {
        let target = "/api/tasks/\(PercentEncoding.segment(reference))/export?format=\(format)"
        let response = try await transport.open(APIRequest("GET", target))
        guard (200..<300).contains(response.status) else {
            let bytes = try await response.collect(bytesMaximum: 1 << 20)
            throw ProblemDetails.error(bytes, status: response.status, from: place)
        }
        return response.body
    }
}
