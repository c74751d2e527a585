/// How the bitmap of a chunk is stored: as the places of its bits when they are few, as those that are missing when these are
/// few, else as it is. Places take two bytes each, the lower first.
enum ChunkBits: Sendable {
    /// As many places take less room than the bitmap, and little time.
    private static let placesMaximum = 256
    private static let missing: UInt8 = 0xFF
    private static let bytes = TaskChunk.words * 8

    /// - Parameter words: those of one chunk.
    /// - Returns: nil when no bit is set.
    static func encode(_ words: [UInt64]) -> [UInt8]? {
        let count = words.reduce(0) { $0 + $1.nonzeroBitCount }
        if count == 0 { return nil }
        if count <= placesMaximum { return places(of: words) }
        if TaskChunk.size - count <= placesMaximum { return [missing] + places(of: words.map { ~$0 }) }
        return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) } }
    }

    /// - Parameter places: ascending, at least one.
    static func encode(places: [UInt16]) -> [UInt8] {
        if places.count <= placesMaximum { return places.flatMap(pair) }
        var words = [UInt64](repeating: 0, count: TaskChunk.words)
        for place in places { words[Int(place) / 64] |= 1 << (UInt64(place) % 64) }
        return encode(words) ?? []
    }

    private static func places(of words: [UInt64]) -> [UInt8] {
        var out: [UInt8] = []
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                out += pair(UInt16(index * 64 + rest.trailingZeroBitCount))
                rest &= rest - 1
            }
        }
        return out
    }

    private static func pair(_ place: UInt16) -> [UInt8] { [UInt8(place & 0xFF), UInt8(place >> 8)] }

    /// Puts the bitmap into `words`, those of one chunk.
    @unsafe static func decode(_ stored: UnsafeRawBufferPointer, into words: inout [UInt64]) {
        if stored.count == bytes {
            for index in 0..<TaskChunk.words {
                words[index] = unsafe UInt64(
                    littleEndian: stored.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
            }
            return
        }
        let isMissing = stored.count % 2 == 1
        for index in 0..<TaskChunk.words { words[index] = isMissing ? .max : 0 }
        var offset = isMissing ? 1 : 0
        while offset + 1 < stored.count {
            let place = unsafe Int(stored[offset]) | Int(stored[offset + 1]) << 8
            words[place / 64 % TaskChunk.words] ^= 1 << UInt64(place % 64)
            offset += 2
        }
    }
}
