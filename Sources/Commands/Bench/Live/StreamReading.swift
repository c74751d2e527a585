internal import Glibc

/// What one client has read of an event stream: a reader of server-sent events that understands no more than it must, for
/// ten thousand of them share one thread.
struct StreamReading: Sendable {
    /// What came behind the last whole line.
    private var rest: [UInt8] = []
    /// The position of the message that is being read.
    private var pending: Int64?

    /// Whether the server has answered with 200.
    private(set) var isOpen = false
    /// The first line of an answer that was another.
    private(set) var refusal: String?
    /// The position of the last event.
    private(set) var position: Int64
    /// Events so far.
    private(set) var count = 0
    /// Events whose position was not beyond the one before, gaps that the server told.
    private(set) var mistakes = 0

    init(after position: Int64) {
        self.position = position
    }

    /// Makes ready for the next connection: what was not whole comes again.
    mutating func disconnect() {
        (rest, pending, isOpen) = ([], nil, false)
    }

    /// Takes the next bytes.
    /// - Parameter arrived: told the time in the data of each event, in milliseconds of its day.
    mutating func receive(_ bytes: UnsafeRawBufferPointer, arrived: (Int64) -> Void) {
        var start = 0
        while let end = unsafe Self.lineEnd(in: bytes, from: start) {
            let line = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<end])
            if rest.isEmpty {
                unsafe take(line, arrived)
            } else {
                unsafe rest.append(contentsOf: line)
                let whole = rest
                rest.removeAll(keepingCapacity: true)
                unsafe whole.withUnsafeBytes { unsafe take($0, arrived) }
            }
            start = end + 1
        }
        if start < bytes.count { unsafe rest.append(contentsOf: bytes[start...]) }
    }

    private static func lineEnd(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let found = unsafe memchr(base + start, 10, bytes.count - start)
        else { return nil }
        return unsafe UnsafeRawPointer(found) - base
    }

    private mutating func take(_ line: UnsafeRawBufferPointer, _ arrived: (Int64) -> Void) {
        guard let first = unsafe line.first else { return }
        switch first {
        case UInt8(ascii: "i"): pending = unsafe Self.number(in: line, after: "id: ")
        case UInt8(ascii: "d"):
            guard let event = pending else { return }
            pending = nil
            if event <= position { mistakes += 1 }
            position = event
            count += 1
            if let time = unsafe Self.timeOfDay(in: line) { arrived(time) }
        case UInt8(ascii: "e") where unsafe Self.starts(line, with: "event: resync"): mistakes += 1
        case UInt8(ascii: "H") where unsafe Self.starts(line, with: "HTTP/1.1 "):
            isOpen = unsafe Self.starts(line, with: "HTTP/1.1 200 ")
            if !isOpen { refusal = unsafe String(decoding: line.dropLast(), as: UTF8.self) }
        default: break
        }
    }

    private static func starts(_ line: UnsafeRawBufferPointer, with text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard line.count >= count else { return false }
        return (0..<count).allSatisfy { unsafe line[$0] == text.utf8Start[$0] }
    }

    private static func number(in line: UnsafeRawBufferPointer, after text: StaticString) -> Int64? {
        guard unsafe starts(line, with: text) else { return nil }
        return unsafe digits(line, from: text.utf8CodeUnitCount, to: line.count)
    }

    /// The digits as a number; what is none among them (a carriage return) is left out.
    private static func digits(_ line: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int64 {
        unsafe line[start..<end].reduce(0) { (48...57).contains($1) ? $0 * 10 + Int64($1 - 48) : $0 }
    }

    /// The time of `"at":"2026-11-27T02:13:47.123Z"`, in milliseconds of its day. It stands near the beginning.
    private static func timeOfDay(in line: UnsafeRawBufferPointer) -> Int64? {
        let mark: StaticString = #""at":""#
        let first = mark.utf8CodeUnitCount
        for place in 0..<max(0, min(line.count - first - 24, 120)) {
            guard unsafe line[place] == mark.utf8Start[0] else { continue }
            let found = (0..<first).allSatisfy { unsafe line[place + $0] == mark.utf8Start[$0] }
            guard found else { continue }
            let time = place + first + 11
            let hours = unsafe digits(line, from: time, to: time + 2)
            let minutes = unsafe digits(line, from: time + 3, to: time + 5)
            let milliseconds = unsafe digits(line, from: time + 6, to: time + 12)
            return (hours * 60 + minutes) * 60_000 + milliseconds
        }
        return nil
    }
}
