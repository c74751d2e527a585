internal import Store

/// The tasks among which a place of an order is looked for.
struct OrderCandidates {
    /// One whose code no bitmap tells.
    struct Loose {
        var key: TaskOrderKey
        var code: UInt16
    }

    var bits: TaskBitmap
    var loose: [Loose]
    /// How many are in `bits`.
    var inBits: Int

    var count: Int { inBits + loose.count }

    /// All of them.
    var allBits: TaskBitmap {
        var all = bits
        for loose in loose { all.insert(loose.key.number) }
        return all
    }

    /// Takes those out that have a digit of the code.
    /// - Returns: these.
    mutating func take(_ digit: Int, _ index: StoredBits, _ key: TaskSort.Key) throws -> OrderCandidates {
        var ones = OrderCandidates(bits: TaskBitmap(chunks: bits.chunks), loose: [], inBits: 0)
        ones.inBits = try index.insert(OrderCode.id(key, digit: digit), of: bits, into: &ones.bits)
        ones.loose = loose.filter { $0.code >> UInt16(digit) & 1 == 1 }
        bits.subtract(part: ones.bits)
        inBits -= ones.inBits
        loose.removeAll { $0.code >> UInt16(digit) & 1 == 1 }
        return ones
    }
}
