internal import Core

/// A set of tasks, a bit a number, chunk by chunk.
struct TaskBitmap: Sendable {
    /// 64 numbers a word, the lowest first.
    private(set) var words: [UInt64]

    /// - Parameter chunks: the numbers of so many chunks can be in it.
    init(chunks: Int) {
        words = [UInt64](repeating: 0, count: chunks * TaskChunk.words)
    }

    var chunks: Int { words.count / TaskChunk.words }

    var count: Int {
        var count = 0
        for word in words { count += word.nonzeroBitCount }
        return count
    }

    func contains(_ number: Int64) -> Bool {
        let word = Int(number / 64)
        return number >= 0 && word < words.count && words[word] >> UInt64(number % 64) & 1 == 1
    }

    mutating func insert(_ number: Int64) {
        words[Int(number / 64)] |= 1 << UInt64(number % 64)
    }

    mutating func remove(_ number: Int64) {
        words[Int(number / 64)] &= ~(1 << UInt64(number % 64))
    }

    mutating func formIntersection(_ other: TaskBitmap) {
        for index in words.indices { words[index] &= other.words[index] }
    }

    /// The numbers that are in this set and not in the other, which is a part of it.
    mutating func subtract(part other: TaskBitmap) {
        for index in words.indices { words[index] ^= other.words[index] }
    }

    /// Takes those below and above out.
    mutating func keep(_ numbers: Range<Int64>, in chunk: Int) {
        let first = TaskChunk.first(of: chunk)
        for number in first..<first + Int64(TaskChunk.size) where !numbers.contains(number) { remove(number) }
    }

    mutating func removeAll(in chunk: Int) {
        for index in range(of: chunk) { words[index] = 0 }
    }

    private func range(of chunk: Int) -> Range<Int> {
        chunk * TaskChunk.words..<(chunk + 1) * TaskChunk.words
    }

    func isEmpty(in chunk: Int) -> Bool {
        for index in range(of: chunk) where words[index] != 0 { return false }
        return true
    }

    /// Adds the numbers of one chunk.
    mutating func formUnion(_ bits: [UInt64], in chunk: Int) {
        let start = chunk * TaskChunk.words
        for index in 0..<TaskChunk.words { words[start + index] |= bits[index] }
    }

    /// Keeps of one chunk only these numbers.
    mutating func formIntersection(_ bits: [UInt64], in chunk: Int) {
        let start = chunk * TaskChunk.words
        for index in 0..<TaskChunk.words { words[start + index] &= bits[index] }
    }

    /// Puts in what the other set has of these numbers.
    /// - Returns: how many that are.
    mutating func insert(_ bits: [UInt64], of other: TaskBitmap, in chunk: Int) -> Int {
        let start = chunk * TaskChunk.words
        var count = 0
        for index in 0..<TaskChunk.words {
            let word = other.words[start + index] & bits[index]
            words[start + index] = word
            count += word.nonzeroBitCount
        }
        return count
    }

    /// The numbers, ascending or descending, from the one at that rank on.
    func numbers(from rank: Int, limit: Int, isDescending: Bool) -> [Int64] {
        var (numbers, skip): ([Int64], Int) = ([], rank)
        guard limit > 0 else { return [] }
        for place in words.indices {
            let index = isDescending ? words.count - 1 - place : place
            var rest = words[index]
            let count = rest.nonzeroBitCount
            if skip >= count {
                skip -= count
                continue
            }
            while rest != 0 {
                let bit = isDescending ? 63 - rest.leadingZeroBitCount : rest.trailingZeroBitCount
                rest &= ~(1 << UInt64(bit))
                if skip > 0 {
                    skip -= 1
                    continue
                }
                numbers.append(Int64(index * 64 + bit))
                if numbers.count == limit { return numbers }
            }
        }
        return numbers
    }

    /// All numbers, ascending.
    var numbers: [Int64] { numbers(from: 0, limit: .max, isDescending: false) }

    /// How many numbers come before that one.
    func rank(of number: Int64, isDescending: Bool) -> Int {
        let (word, bit) = (min(Int(number / 64), words.count), UInt64(number % 64))
        var below = 0
        for index in 0..<word { below += words[index].nonzeroBitCount }
        guard word < words.count else { return isDescending ? 0 : below }
        below += (words[word] & ((1 << bit) - 1)).nonzeroBitCount
        guard isDescending else { return below }
        return count - below - (contains(number) ? 1 : 0)
    }
}
