internal import Core
internal import Glibc

/// Everything that is piped into the program. It blocks.
enum StandardInput: Sendable {
    /// All bytes to the end.
    /// - Throws: `SignalboxError`: `limit_exceeded` when there are more than that many, `storage_error`.
    static func read(maximum: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var portion = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe Glibc.read(STDIN_FILENO, &portion, portion.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileSystem.failure("Nothing can be read from stdin") }
            if count == 0 { return bytes }
            bytes += portion[..<count]
            guard bytes.count <= maximum else {
                throw SignalboxError(.limit, "stdin has more than \(Quantity.bytes(Int64(maximum))).")
            }
        }
    }
}
