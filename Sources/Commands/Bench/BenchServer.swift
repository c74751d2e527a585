internal import Core

/// `signalbox serve` as a process of its own, on a new data directory.
enum BenchServer: Sendable {
    /// Where it answers, and what the system calls it.
    struct Place: Sendable {
        /// Such as `http://127.0.0.1:4711`.
        var address: String
        var port: UInt16
        /// The number of its process.
        var process: Int32
    }

    /// Serves while the body runs.
    /// - Parameter directory: an absolute path; the data directory is made below it.
    static func serving<Result: Sendable>(
        in directory: String, _ body: @escaping @Sendable (Place) async throws -> Result
    ) async throws -> Result {
        let data = directory + "/data"
        let process = ServedProcess(
            arguments: ["serve", "--port", "0", "--data", data, "--log-level", "warning"], directory: directory,
            readAddress: { line in line.firstRange(of: "http://").map { String(line[$0.lowerBound...]) } })
        return try await process.serving { address in
            let lock = String(decoding: try FileSystem.readToEnd(data + "/lock"), as: UTF8.self)
            guard let port = address.split(separator: ":").last.flatMap({ UInt16($0) }),
                let process = lock.split(separator: "\n").first.flatMap({ Int32($0) })
            else { throw SignalboxError(.internal, "The server does not say where it is: \(address).") }
            return try await body(Place(address: address, port: port, process: process))
        }
    }
}
