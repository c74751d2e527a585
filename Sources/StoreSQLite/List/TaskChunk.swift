/// The numbers of tasks in portions that are sealed together: 8,192 a portion, so that a bitmap of one fits into a page with
/// others, and sealing holds the writer up for a hundredth of a second.
enum TaskChunk: Sendable {
    static let size = 8_192
    /// 64-bit words of a bitmap.
    static let words = size / 64
    /// The lower digits of a key in `task_bits` and `task_order`.
    static let keyBits: Int64 = 24

    static func chunk(of number: Int64) -> Int { Int(number / Int64(size)) }

    static func first(of chunk: Int) -> Int64 { Int64(chunk) * Int64(size) }

    /// The place of the number in its chunk.
    static func place(of number: Int64) -> Int { Int(number % Int64(size)) }

    /// The key of a row in `task_bits` or `task_order`.
    static func key(_ id: Int64, _ chunk: Int) -> Int64 { id << keyBits | Int64(chunk) }
}
