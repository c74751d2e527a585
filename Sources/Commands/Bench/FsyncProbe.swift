internal import Core
internal import Glibc

/// How long the disk takes to make 4 KiB durable: the floor under every durable figure.
struct FsyncProbe: Sendable {
    let directory: String

    /// The median of 300 writes with `fdatasync`, in microseconds. Blocks.
    func median() throws -> Double {
        try FileSystem.createDirectory(directory)
        let path = directory + "/fsync-probe"
        let file = unsafe open(path, O_CREAT | O_RDWR | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileSystem.failure("The file \(path) cannot be written") }
        defer {
            close(file)
            _ = unsafe unlink(path)
        }
        let block = [UInt8](repeating: 1, count: 4096)
        let clock = ContinuousClock()
        var times: [Double] = []
        for _ in 0..<300 {
            guard unsafe write(file, block, block.count) == block.count else {
                throw FileSystem.failure("The file \(path) cannot be written")
            }
            let started = clock.now
            guard fdatasync(file) == 0 else { throw FileSystem.failure("The file \(path) cannot be written") }
            times.append((clock.now - started) / .microseconds(1))
        }
        return times.sorted()[times.count / 2]
    }
}
