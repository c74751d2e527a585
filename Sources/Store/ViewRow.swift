public import Core

/// Filters and an order of the list of tasks, kept under a name.
public struct ViewRow: Sendable, Hashable {
    public var name: String
    /// As an address says them, by their names.
    public var filters: [String: String]
    /// As an address says it; nil for the newest first.
    public var sort: String?
    public var savedAt: Timestamp

    public init(name: String, filters: [String: String], sort: String? = nil, savedAt: Timestamp) {
        self.name = name
        self.filters = filters
        self.sort = sort
        self.savedAt = savedAt
    }

    /// The filters as JSON, in the order of their names.
    public var filtersJSON: JSON {
        .object(JSONObject(filters.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }

    /// By it a client says which version it has seen: the same as long as it shows the same.
    public var version: ContentHash {
        ContentHash(of: JSON.array([.string(name), filtersJSON, sort.map(JSON.string) ?? .null]).bytes)
    }
}
