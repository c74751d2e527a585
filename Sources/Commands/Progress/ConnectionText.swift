/// What is said of a server that does not answer.
enum ConnectionText: Sendable {
    /// Below what is drawn in place.
    static let brief = "connection lost, trying again"

    static func lost(_ place: String) -> String { "The connection to \(place) is lost, trying again" }

    static func found(_ place: String) -> String { "Connected to \(place) again" }
}
