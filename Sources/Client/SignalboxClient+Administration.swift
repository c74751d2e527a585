public import Core

/// What whoever runs an installation looks at and changes.
extension SignalboxClient {
    /// The settings that the server goes by, and what would be others after its next start, as the API gives them.
    public func settings() async throws -> JSON {
        try await send(APIRequest("GET", "/api/settings")) { $0 }
    }

    /// Writes a setting into the settings file of the server; the setting, as the API gives it.
    public func writeSetting(_ name: String, _ value: String) async throws -> JSON {
        try await send(.put("/api/settings/\(PercentEncoding.segment(name))", ["value": .string(value)])) { $0 }
    }

    /// The names of secrets, where each is kept and what uses it, as the API gives them.
    public func secrets() async throws -> JSON {
        try await send(APIRequest("GET", "/api/secrets")) { $0 }
    }

    /// When one of those was put into the store; nil for one that is kept elsewhere.
    public static func moment(ofSecret secret: JSON) throws -> Timestamp? {
        try Fields(secret, "a secret").moment("set")
    }

    /// Keeps a secret.
    /// - Returns: whether it is new.
    public func setSecret(_ name: String, to value: String) async throws -> Bool {
        try await send(.put("/api/secrets/\(PercentEncoding.segment(name))", ["value": .string(value)])) { $1 == 201 }
    }

    /// Forgets a secret.
    public func removeSecret(_ name: String) async throws {
        try await send(APIRequest("DELETE", "/api/secrets/\(PercentEncoding.segment(name))")) { _ in }
    }

    /// How many tasks there are of each kind, as the API gives it.
    /// - Parameter filters: which tasks are counted, by the names of the API.
    public func stats(filters: [(name: String, value: String)]) async throws -> JSON {
        let query = filters.map { "\($0.name)=\(PercentEncoding.segment($0.value))" }.joined(separator: "&")
        return try await send(APIRequest("GET", query.isEmpty ? "/api/stats" : "/api/stats?\(query)")) { $0 }
    }

    /// The prices of all models that the server knows, as the API gives them.
    public func prices() async throws -> JSON {
        try await send(APIRequest("GET", "/api/prices")) { $0 }
    }

    /// The bytes of a file as they arrive. A body that ends early throws, so what came without an error is whole.
    /// - Parameter offset: how many of them are left out.
    public func file(_ hash: String, from offset: Int64 = 0) async throws -> ResponseBody {
        let headers = offset > 0 ? [(name: "Range", value: "bytes=\(offset)-")] : []
        let response = try await transport.open(
            APIRequest("GET", "/api/files/\(PercentEncoding.segment(hash))", headers: headers))
        guard response.status == (offset > 0 ? 206 : 200) else {
            let bytes = try await response.collect(bytesMaximum: 1 << 20)
            throw ProblemDetails.error(bytes, status: response.status, from: place)
        }
        return response.body
    }
}
