internal import Core

/// Reads a stream of server-sent events (WHATWG HTML §9.2.6) from bytes that may be cut anywhere.
public struct ServerSentEventParser: Sendable {
    /// One event of the stream.
    public struct Event: Sendable, Hashable {
        /// The type; `message` unless the stream says otherwise.
        public var name: String
        /// The data lines, joined with line feeds.
        public var data: [UInt8]
        /// The id to come back with after a lost connection: the last one seen so far.
        public var lastID: String?
    }

    /// How long the stream asks to wait before coming back, in milliseconds.
    public private(set) var retryMilliseconds: Int?

    private let eventBytesMaximum: Int
    private var line: [UInt8] = []
    private var isFirstLine = true
    private var lastByteWasReturn = false
    private var name: [UInt8] = []
    private var data: [UInt8]?
    private var lastID: String?

    /// A parser at the start of a stream, which refuses events larger than that.
    public init(eventBytesMaximum: Int = 4 << 20) {
        self.eventBytesMaximum = eventBytesMaximum
    }

    /// Takes the next bytes and gives the events that are complete with them. What follows the last blank line of a
    /// stream is no event: nobody knows whether it is whole.
    /// - Throws: `SignalboxError` with code `limit_exceeded`.
    public mutating func receive(_ bytes: [UInt8]) throws -> [Event] {
        var events: [Event] = []
        var rest = bytes[...]
        while let first = rest.first {
            if lastByteWasReturn {
                lastByteWasReturn = false
                if first == UInt8(ascii: "\n") {
                    rest = rest.dropFirst()
                    continue
                }
            }
            guard let end = rest.firstIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) else {
                try append(rest)
                break
            }
            try append(rest[..<end])
            lastByteWasReturn = rest[end] == UInt8(ascii: "\r")
            rest = rest[(end + 1)...]
            if let event = endLine() { events.append(event) }
        }
        return events
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) throws {
        guard line.count + bytes.count + (data?.count ?? 0) <= eventBytesMaximum else {
            throw SignalboxError(.limit, "An event of the stream is larger than \(eventBytesMaximum) bytes.")
        }
        line += bytes
    }

    private mutating func endLine() -> Event? {
        if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        isFirstLine = false
        defer { line.removeAll(keepingCapacity: true) }
        guard !line.isEmpty else { return dispatch() }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[min(colon + 1, line.endIndex)...]
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        switch String(decoding: line[..<colon], as: UTF8.self) {
        case "data":
            if data == nil { data = Array(value) } else { data? += [UInt8(ascii: "\n")] + value }
        case "event": name = Array(value)
        case "id" where !value.contains(0): lastID = String(decoding: value, as: UTF8.self)
        case "retry" where value.allSatisfy({ (0x30...0x39).contains($0) }):
            retryMilliseconds = Int(String(decoding: value, as: UTF8.self)) ?? retryMilliseconds
        default: break
        }
        return nil
    }

    private mutating func dispatch() -> Event? {
        defer {
            name = []
            data = nil
        }
        return data.map {
            Event(name: name.isEmpty ? "message" : String(decoding: name, as: UTF8.self), data: $0, lastID: lastID)
        }
    }
}
