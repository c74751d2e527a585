/// Gives each tool call of an answer an id of its own: servers leave it out, or give the same twice.
struct ToolCallIDs: Sendable {
    private var taken: Set<String> = []
    private var made = 0

    /// The provider's id where it can be used, else `call_1`, `call_2` …
    mutating func next(_ proposed: String?) -> String {
        if let proposed, !proposed.isEmpty, proposed.utf8.count <= Self.lengthMaximum, taken.insert(proposed).inserted {
            return proposed
        }
        while true {
            made += 1
            let id = "call_\(made)"
            if taken.insert(id).inserted { return id }
        }
    }

    private static let lengthMaximum = 1024
}
