internal import Core

/// Takes a form with files (`multipart/form-data`, RFC 7578; its framing is RFC 2046 §5.1.1) apart while it comes. It may
/// be cut anywhere, and keeps no more than the header of a part.
public struct MultipartParser: Sendable {
    /// What it finds, in this order: a part, its bytes in any number of pieces, its end.
    public enum Event: Sendable {
        case part(MultipartPart)
        case bytes(ArraySlice<UInt8>)
        case partEnd
    }

    private enum State: Sendable {
        /// Before the first boundary, where nothing is meant for us.
        case preamble
        /// Behind a boundary: another part follows, or the end.
        case boundary
        case header
        case content
        /// Behind the last boundary.
        case epilogue
    }

    /// The header of one part, in bytes.
    private static let headerBytesMaximum = 8 << 10
    /// What may stand before the first boundary, and as white space behind each, in bytes.
    private static let preambleBytesMaximum = 1 << 10
    private static let paddingBytesMaximum = 64
    private static let lineEnd: [UInt8] = [0x0D, 0x0A]

    /// `CRLF "--" boundary`.
    private let delimiter: [UInt8]
    private let partsMaximum: Int
    private var state = State.preamble
    /// What is not decided yet. The line end that belongs to a boundary is missing before the first one.
    private var pending = Self.lineEnd
    private var skipped = 0
    private var parts = 0

    /// - Parameters:
    ///   - contentType: the header of the request, which says how the parts are told from each other.
    ///   - partsMaximum: how many there may be.
    /// - Throws: `SignalboxError` with code `malformed_request` when it names no boundary.
    public init(contentType: String, partsMaximum: Int) throws {
        let boundary = HeaderParameters(contentType).first("boundary") ?? ""
        // RFC 2046: "no longer than 70 characters", and all of them visible.
        guard (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw SignalboxError(
                .malformedRequest, "The header Content-Type does not say what stands between the parts of the form.",
                hint: "Let the HTTP client make the header: multipart/form-data; boundary=...")
        }
        delimiter = Self.lineEnd + Array("--\(boundary)".utf8)
        self.partsMaximum = partsMaximum
    }

    /// Takes the next bytes and tells what is in them.
    /// - Throws: `SignalboxError` with code `malformed_request` or `limit_exceeded`, and what `handle` throws.
    public mutating func receive(_ bytes: [UInt8], _ handle: (Event) throws -> Void) throws {
        if case .epilogue = state { return }
        pending += bytes
        var place = 0
        while try advance(&place, handle) {}
        pending.removeFirst(place)
    }

    /// Nothing more will come.
    /// - Throws: `SignalboxError` with code `malformed_request` when the last boundary is missing.
    public func finish() throws {
        guard case .epilogue = state else {
            throw SignalboxError(.malformedRequest, "The form ends before its last boundary.")
        }
    }

    /// Goes on by one element, if it is there whole; false when more bytes are needed.
    private mutating func advance(_ place: inout Int, _ handle: (Event) throws -> Void) throws -> Bool {
        switch state {
        case .preamble: return try skipPreamble(&place)
        case .boundary: return try readBoundary(&place)
        case .header: return try readHeader(&place, handle)
        case .content: return try readContent(&place, handle)
        case .epilogue:
            place = pending.count
            return false
        }
    }

    private mutating func skipPreamble(_ place: inout Int) throws -> Bool {
        let found = pending.firstPlace(of: delimiter, from: place)
        let end = found ?? max(place, pending.count - delimiter.count + 1)
        skipped += end - place
        guard skipped <= Self.preambleBytesMaximum else {
            throw SignalboxError(.malformedRequest, "The form does not begin with its boundary.")
        }
        place = end
        guard found != nil else { return false }
        place += delimiter.count
        state = .boundary
        return true
    }

    private mutating func readBoundary(_ place: inout Int) throws -> Bool {
        guard pending.count >= place + 2 else { return false }
        if pending[place] == UInt8(ascii: "-"), pending[place + 1] == UInt8(ascii: "-") {
            state = .epilogue
            return true
        }
        let line = pending[place...].drop { $0 == 0x20 || $0 == 0x09 }
        guard line.startIndex - place <= Self.paddingBytesMaximum,
            line.prefix(2).elementsEqual(Self.lineEnd.prefix(line.count))
        else { throw SignalboxError(.malformedRequest, "A boundary of the form is not followed by a line end.") }
        guard line.count >= 2 else { return false }
        place = line.startIndex + 2
        state = .header
        return true
    }

    private mutating func readHeader(_ place: inout Int, _ handle: (Event) throws -> Void) throws -> Bool {
        let isEmpty = pending[place...].starts(with: Self.lineEnd)
        let blank = Self.lineEnd + Self.lineEnd
        let end = isEmpty ? place : pending.firstPlace(of: blank, from: place)
        guard (end ?? pending.count - blank.count) - place <= Self.headerBytesMaximum else {
            throw SignalboxError(
                .limit, "The header of a part of the form may have at most \(Self.headerBytesMaximum) bytes.")
        }
        guard let end else { return false }
        parts += 1
        guard parts <= partsMaximum else {
            throw SignalboxError(.limit, "The form may have at most \(partsMaximum) parts.")
        }
        try handle(.part(try MultipartPart(header: pending[place..<end])))
        place = end + (isEmpty ? Self.lineEnd.count : blank.count)
        state = .content
        return true
    }

    private mutating func readContent(_ place: inout Int, _ handle: (Event) throws -> Void) throws -> Bool {
        let found = pending.firstPlace(of: delimiter, from: place)
        // The last bytes may be the beginning of a boundary.
        let end = found ?? max(place, pending.count - delimiter.count + 1)
        if end > place { try handle(.bytes(pending[place..<end])) }
        place = end
        guard found != nil else { return false }
        try handle(.partEnd)
        place += delimiter.count
        state = .boundary
        return true
    }
}
