internal import Core
internal import Executors
internal import Synchronization

/// The fake model server as a process of its own: it must not share the processor time of what is measured unseen.
enum FakeModelProcess: Sendable {
    /// Serves while the body runs, which is told the address.
    /// - Parameters:
    ///   - script: what it answers.
    ///   - directory: an absolute path; the script is written there.
    static func serving<Result: Sendable>(
        script: String, in directory: String, _ body: @escaping @Sendable (String) async throws -> Result
    ) async throws -> Result {
        let path = directory + "/fake-model.yaml"
        try FileSystem.writeAtomically(Array(script.utf8), to: path)
        let control = ProcessControl()
        let ear = AddressEar()
        let spec = ProcessSpec(
            arguments: [
                try FileSystem.resolve("/proc/self/exe"), "fake-model", "--port", "0", "--json", "--script", path,
            ], directory: directory, stopGrace: .seconds(5))
        return try await withThrowingTaskGroup(of: Void.self) { group in
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
            throwing: SignalboxError(.internal, "The fake model server ended by itself.", hint: reason))
    }

    func address() async throws -> String {
        for try await line in lines.stream {
            if let address = try JSON(parsing: line)["address"]?.stringValue { return address }
        }
        throw CancellationError()
    }
}
