/// Hides secrets in a text that comes in pieces, wherever it is cut: what may be the beginning of a secret is held back
/// until it is one, or is none. All pieces together become what `Redactor.redact` makes of the whole text.
public struct StreamedRedaction: Sendable {
    private let redactor: Redactor
    /// The known values are replaced first, then what looks like a secret, as for whole texts.
    private var known = Stage()
    private var rules = Stage()

    /// How much is held back at most, in bytes: what is longer is shown no more.
    public static let heldBytesMaximum = 16 << 10

    public init(_ redactor: Redactor) {
        self.redactor = redactor
    }

    /// What of the text can be shown now that this piece has come; nil from when on too much would have to be held back.
    public mutating func take(_ piece: String) -> String? {
        guard !known.isSpent, !rules.isSpent else { return nil }
        return pass(Array(piece.utf8), isLast: false)
    }

    /// The rest, when nothing follows; a new text may begin then.
    public mutating func finish() -> String? {
        let rest = known.isSpent || rules.isSpent ? nil : pass([], isLast: true)
        (known, rules) = (Stage(), Stage())
        return rest
    }

    private mutating func pass(_ piece: [UInt8], isLast: Bool) -> String? {
        let redactor = redactor
        var bytes = piece
        if !redactor.known.isEmpty {
            bytes = known.take(bytes, isLast: isLast, isOpen: redactor.known.isOpen, match: redactor.known.match)
        }
        if redactor.rules != .none {
            bytes = rules.take(bytes, isLast: isLast, isOpen: RedactionRules.isOpen, match: redactor.rules.match)
        }
        return known.isSpent || rules.isSpent ? nil : String(decoding: bytes, as: UTF8.self)
    }
}

/// One way of finding secrets, over a text in pieces.
private struct Stage: Sendable {
    /// What is held back, behind one byte that was let go already: rules look at what stands before.
    private var bytes: [UInt8] = []
    /// Where in `bytes` that begins which was not let go: 0 or 1.
    private var begin = 0
    /// Whether more would have to be held back than is allowed.
    private(set) var isSpent = false

    mutating func take(
        _ piece: [UInt8], isLast: Bool, isOpen: ([UInt8], Int) -> Bool, match: ([UInt8], Int) -> Redactor.Match?
    ) -> [UInt8] {
        bytes += piece
        var result: [UInt8] = []
        var place = begin
        while place < bytes.count, isLast || !isOpen(bytes, place) {
            if let found = match(bytes, place) {
                result += bytes[place..<max(place, found.range.lowerBound)] + found.replacement
                place = max(found.range.upperBound, place + 1)
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        isSpent = bytes.count - place > StreamedRedaction.heldBytesMaximum
        // Cutting the front off costs as much as what stays, so it is done only when something has gone.
        if place > 1 {
            bytes.removeFirst(place - 1)
            place = 1
        }
        begin = min(place, bytes.count)
        return result
    }
}
