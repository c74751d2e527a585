internal import Core
internal import Processes
internal import Synchronization

/// A server as a process of its own, started from this very program: what is measured must not share the processor time
/// of what measures unseen.
struct ServedProcess: Sendable {
    /// The verb and its options; the port must be left to the system.
    let arguments: [String]
    /// Where it runs: an absolute path.
    let directory: String
    /// Finds the address in the first line that it prints.
    let readAddress: @Sendable (String) -> String?

    /// Serves while the body runs, which is told the address.
    func serving<Result: Sendable>(_ body: @escaping @Sendable (String) async throws -> Result) async throws -> Result {
        let control = ProcessControl()
        let ear = AddressEar(readAddress)
        var spec = ProcessSpec(
            arguments: [try FileSystem.resolve("/proc/self/exe")] + arguments, directory: directory,
            stopGrace: .seconds(15))
        // It is no command of a task, and may have as many connections as a server that somebody else has started.
        spec.openFilesMaximum = nil
        return try await withThrowingTaskGroup(of: Void.self) { [spec] group in
            group.addTask {
                let outcome = try await ChildProcess.run(spec, control: control) { stream, bytes in
                    if stream == .stdout { ear.hear(bytes) }
                }
                ear.close(String(decoding: outcome.stderr.suffix(2_000), as: UTF8.self))
            }
            let result = try await body(try await ear.address())
            control.stop()
            try await group.waitForAll()
            return result
        }
    }
}

/// Waits for the line in which the server says where it answers.
private final class AddressEar: Sendable {
    private let text = Mutex<[UInt8]>([])
    private let lines = AsyncThrowingStream.makeStream(of: String.self, bufferingPolicy: .bufferingOldest(1))
    private let readAddress: @Sendable (String) -> String?

    init(_ readAddress: @escaping @Sendable (String) -> String?) {
        self.readAddress = readAddress
    }

    func hear(_ bytes: [UInt8]) {
        let line = text.withLock { text -> [UInt8]? in
            text += bytes
            return text.firstIndex(of: UInt8(ascii: "\n")).map { Array(text[..<$0]) }
        }
        if let line { lines.continuation.yield(String(decoding: line, as: UTF8.self)) }
    }

    /// It has ended; whoever waits is told why.
    func close(_ reason: String) {
        lines.continuation.finish(
            throwing: SignalboxError(
                .internal, "The server that was started to be measured ended by itself.", hint: reason))
    }

    func address() async throws -> String {
        for try await line in lines.stream {
            if let address = readAddress(line) { return address }
        }
        throw CancellationError()
    }
}
