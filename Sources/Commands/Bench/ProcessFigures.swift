internal import Core

/// What the system says of a process.
struct ProcessFigures: Sendable {
    /// Resident memory, in megabytes.
    var memoryMegabytes: Double
    /// Processor time it has used so far, in milliseconds (to a hundredth of a second, as Linux counts).
    var processorMilliseconds: Double

    /// - Parameter process: its number, or `self`.
    /// - Throws: `SignalboxError` when there is no such process.
    init(of process: some CustomStringConvertible) throws {
        let smaps = try FileSystem.readToEnd("/proc/\(process)/smaps_rollup")
        let line = String(decoding: smaps, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("Rss:") }
        let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }
        // The name of the program stands in brackets and may hold anything; the figures stand behind it (proc(5)).
        let stat = String(decoding: try FileSystem.readToEnd("/proc/\(process)/stat"), as: UTF8.self)
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        guard let kilobytes, fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            throw SignalboxError(.internal, "The figures of process \(process) cannot be read.")
        }
        memoryMegabytes = kilobytes / 1024
        processorMilliseconds = (user + system) * 10
    }
}
