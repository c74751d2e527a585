/// What the system says of this process.
public enum ProcessMemory: Sendable {
    /// Memory that it has in use just now, in bytes (`VmRSS`, proc(5)).
    /// - Throws: `SignalboxError` with code `storage_error` when the system does not say.
    public static func residentBytes() throws -> Int64 {
        let status = String(decoding: try FileSystem.readToEnd("/proc/self/status"), as: UTF8.self)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        let words = line?.split { $0 == " " || $0 == "\t" } ?? []
        guard words.count == 3, let kilobytes = Int64(words[1]) else {
            throw SignalboxError(.storage, "The system does not say how much memory is in use.")
        }
        return kilobytes << 10
    }
}
