/// Takes secrets out of what a server says before it gets into an error.
struct Redaction: Sendable {
    /// Shorter values are words such as `true` and `de`, of which texts are full.
    private static let lengthMinimum = 6

    private let secrets: [String]

    /// - Parameter secrets: the values of variables and header fields that the server was given.
    init(_ secrets: [String]) {
        // The longest first, so that no part of one is left.
        self.secrets = secrets.filter { $0.count >= Self.lengthMinimum }.sorted { $0.count > $1.count }
    }

    func applied(to text: String) -> String {
        secrets.reduce(text) { $0.replacing($1, with: "•••") }
    }
}
