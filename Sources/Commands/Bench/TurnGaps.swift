internal import Core
internal import HTTPClient

/// What the fake model server has seen of its clients: the time between its answer of one turn and the request of the
/// next, in milliseconds, for each turn of each conversation.
struct TurnGaps: Sendable {
    private var gaps: [(conversation: String, milliseconds: Double)] = []

    /// Reads `GET /fake/times`.
    init(from address: String, _ client: HTTPClient) async throws {
        let response = try await client.send(ClientRequest("GET", address + "/fake/times"))
        let document = try JSON(parsing: try await response.collect(bytesMaximum: Limits.payloadBytesMaximum))
        var answered: [String: (turn: Int64, at: Int64)] = [:]
        for turn in document["turns"]?.arrayValue ?? [] {
            guard let conversation = turn["conversation"]?.stringValue, let number = turn["turn"]?.intValue,
                let arrivedAt = turn["arrived_us"]?.intValue, let answeredAt = turn["answered_us"]?.intValue
            else { throw SignalboxError(.internal, "The fake model server tells times that cannot be read.") }
            if let before = answered[conversation], before.turn + 1 == number {
                gaps.append((conversation, Double(arrivedAt - before.at) / 1000))
            }
            answered[conversation] = (number, answeredAt)
        }
    }

    /// Those of the conversations that begin so, sorted.
    func sorted(_ beginning: String) -> [Double] {
        gaps.filter { $0.conversation.hasPrefix(beginning) }.map(\.milliseconds).sorted()
    }
}
