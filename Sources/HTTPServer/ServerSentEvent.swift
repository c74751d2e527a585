/// One message of an event stream (HTML standard, "Server-sent events").
public struct ServerSentEvent: Sendable {
    /// What the client sends as `Last-Event-ID` when it reconnects.
    public var id: String?
    /// The name that clients listen for; `message` if there is none.
    public var event: String?
    /// The text; each of its lines becomes a `data` line.
    public var data: String
    /// How long the client shall wait before it reconnects; browsers heed it only in a message that has data.
    public var retryMilliseconds: Int?

    /// A message. Line breaks in `id` or `event` would forge fields and are refused as defects.
    public init(id: String? = nil, event: String? = nil, data: String, retryMilliseconds: Int? = nil) {
        for field in [id, event].compactMap(\.self) {
            precondition(
                field.utf8.allSatisfy { $0 != 0x0A && $0 != 0x0D && $0 != 0 },
                "The id and the name of an event have no line breaks.")
        }
        self.id = id
        self.event = event
        self.data = data
        self.retryMilliseconds = retryMilliseconds
    }

    /// The message as it goes over the wire, with its empty line.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(data.utf8.count + 64)
        func line(_ field: String, _ value: some Sequence<UInt8>) {
            bytes.append(contentsOf: field.utf8)
            bytes.append(contentsOf: value)
            bytes.append(0x0A)
        }
        if let id { line("id: ", id.utf8) }
        if let event { line("event: ", event.utf8) }
        if let retryMilliseconds { line("retry: ", String(retryMilliseconds).utf8) }
        // Clients take CR, LF and CRLF as ends of lines; each comes back as LF.
        var text = Array(data.utf8)[...]
        while let end = text.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
            line("data: ", text[..<end])
            let isPair = text[end] == 0x0D && text.dropFirst(end - text.startIndex + 1).first == 0x0A
            text = text.dropFirst(end - text.startIndex + (isPair ? 2 : 1))
        }
        line("data: ", text)
        bytes.append(0x0A)
        return bytes
    }

    /// A comment that clients skip: it keeps proxies from closing an idle stream.
    public static let heartbeat: [UInt8] = Array(": heartbeat\n\n".utf8)
}
