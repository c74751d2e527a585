internal import HTTPClient

extension FuzzTarget {
    /// Server-sent events; wherever the bytes are cut, the events are the same.
    static let eventStream = FuzzTarget("event-stream") { bytes in
        let whole = try events([bytes])
        try require(whole.events == (try events(Input.pieces(bytes)).events), "cut, they are other events")
        try require(whole.events == (try events(bytes.map { [$0] }).events), "byte by byte, they are other events")
        try require(whole.retry ?? 0 >= 0, "a pause below nothing")
    }

    private static func events(_ pieces: [[UInt8]]) throws -> (events: [ServerSentEventParser.Event], retry: Int?) {
        var parser = ServerSentEventParser()
        var events: [ServerSentEventParser.Event] = []
        for piece in pieces {
            guard let more = try unlessRefused({ try parser.receive(piece) }) else { break }
            events += more
        }
        return (events, parser.retryMilliseconds)
    }
}
