internal import Core
internal import Executors

/// What one source has said so far. Bytes are counted from its beginning, also when the first of them are no longer kept.
struct LiveText: Sendable {
    fileprivate struct Part: Sendable {
        var number: Int
        var kind: LiveStretch.Kind
        /// Where it begins.
        var start: Int
        /// What is kept of it: its end.
        var bytes: [UInt8]
        /// How many bytes at its beginning are kept no more.
        var dropped = 0

        var keptStart: Int { start + dropped }
        var end: Int { keptStart + bytes.count }
    }

    /// Tells it from an earlier text of the same source.
    let id: UInt64
    private var parts: [Part] = []
    /// How many bytes are kept.
    private(set) var count = 0
    /// How much of it readers may see: it moves on in steps, so that they get many small pieces as one.
    private(set) var visibleEnd = 0

    init(id: UInt64) { self.id = id }

    /// Adds a piece; drops what is oldest when more than that many bytes would be kept.
    mutating func append(_ stretch: LiveStretch, bytesMaximum: Int) {
        let end = parts.last?.end ?? 0
        if parts.last?.kind != stretch.kind {
            parts.append(Part(number: (parts.last?.number ?? -1) + 1, kind: stretch.kind, start: end, bytes: []))
        }
        parts[parts.count - 1].bytes += stretch.text.utf8
        count += stretch.text.utf8.count
        trim(to: bytesMaximum)
        guard parts.count > Self.partsMaximum else { return }
        let dropped = parts.prefix(Self.partsMaximum / 4)
        count -= dropped.reduce(0) { $0 + $1.bytes.count }
        parts.removeFirst(dropped.count)
    }

    /// How many parts are kept: a program may write to stdout and stderr in turns.
    private static let partsMaximum = 1_000

    /// Drops what is oldest, until no more than that many bytes are kept.
    mutating func trim(to bytesMaximum: Int) {
        guard count > bytesMaximum else { return }
        // A quarter more than needed at once, so that moving the rest is rare.
        var excess = count - bytesMaximum * 3 / 4
        while excess > 0, let first = parts.first {
            var dropped = min(excess, first.bytes.count)
            // Never in the middle of a character.
            while dropped < first.bytes.count, first.bytes[dropped] & 0xC0 == 0x80 { dropped += 1 }
            count -= dropped
            excess -= dropped
            guard dropped == first.bytes.count, parts.count > 1 else {
                parts[0].bytes.removeFirst(dropped)
                parts[0].dropped += dropped
                return
            }
            parts.removeFirst()
        }
    }

    /// Lets readers see all of it.
    mutating func show() { visibleEnd = parts.last?.end ?? 0 }

    /// What can be seen after that many bytes, and up to where it goes; nil stands for a reader that has not heard of it.
    /// - Parameter bytesMaximum: how much at most, with what goes along with each delta; but always something.
    func said(
        after heard: Int?, from source: LiveSource, bytesMaximum: Int = .max
    ) -> (deltas: [LiveDelta], end: Int, bytes: Int) {
        let from = heard ?? 0
        var deltas: [LiveDelta] = []
        var (told, bytes) = (from, 0)
        for part in parts {
            let start = max(from, part.keptStart)
            let visible = min(part.end, visibleEnd)
            guard start < visible else { continue }
            guard deltas.isEmpty || bytes + Self.deltaBytes < bytesMaximum else { break }
            let end = part.end(near: start + min(visible - start, max(1, bytesMaximum - bytes)), after: start)
            let text = part.bytes[(start - part.keptStart)..<(end - part.keptStart)]
            let isCut = part.dropped > 0 && from < part.keptStart
            deltas.append(
                LiveDelta(
                    source, part: part.number, kind: part.kind, text: String(decoding: text, as: UTF8.self),
                    isFromBeginning: from <= part.start || isCut, isCut: isCut))
            bytes += text.count + Self.deltaBytes
            told = end
            if end < visible { break }
        }
        return (deltas, deltas.isEmpty ? visibleEnd : told, bytes)
    }

    /// What a delta has beside its text, about.
    private static let deltaBytes = 160
}

extension LiveText.Part {
    /// The end of the character that a place is in or behind.
    fileprivate func end(near place: Int, after start: Int) -> Int {
        var end = place
        while end > start, end < self.end, bytes[end - keptStart] & 0xC0 == 0x80 { end -= 1 }
        guard end == start else { return end }
        end = place
        while end < self.end, bytes[end - keptStart] & 0xC0 == 0x80 { end += 1 }
        return end
    }
}
