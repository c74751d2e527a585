internal import Client
internal import Core

extension ResponseBody {
    /// Writes what arrives into a file, which is there whole or not at all, also when a signal ends the program.
    /// - Returns: how many bytes it has.
    func write(
        to file: String, isReplacing: Bool, _ bar: ProgressBar, of total: Int64? = nil, _ context: CommandContext
    ) async throws -> Int64 {
        let unfinished = UnfinishedFiles()
        return try await context.interrupts.removing(unfinished) {
            let partial = try await onOwnThread("file") {
                try PartialFile(file, isReplacing: isReplacing, unfinished: unfinished)
            }
            var count: Int64 = 0
            while let piece = try await next() {
                try await onOwnThread("file") { try partial.append(piece) }
                count += Int64(piece.count)
                bar.advance(to: count, of: total)
            }
            try await onOwnThread("file") { try partial.finish() }
            return count
        }
    }
}
