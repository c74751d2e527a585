internal import Core
internal import Glibc
internal import Processes

/// Homes of programs. What interpreters and tools look for there runs or steers them (`usercustomize.py`, `.curlrc`,
/// `.gitconfig`), so each run of a program has one of its own that nobody could write to before: outside of the task's
/// directory, empty, and gone when the program has ended.
extension TaskDirectories {
    /// Where the homes of programs at work lie.
    var homes: String { "\(root)/.homes" }

    /// Makes an empty home, and returns its absolute path. Blocks.
    /// - Throws: `SignalboxError` with code `storage_error`.
    func makeHome() throws -> String {
        try FileSystem.createDirectory(homes)
        var template = Array("\(try FileSystem.resolve(homes))/XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else {
            throw FileSystem.failure("No directory can be made in \(homes)")
        }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Runs a program to its end, in a home that vanishes with it, and with `in/` and `plan/` to be read alone.
    /// - Throws: as `ChildProcess.run` does.
    func run(
        _ spec: ProcessSpec, home: String, control: ProcessControl,
        onOutput: @escaping @Sendable (ProcessStream, [UInt8]) -> Void
    ) async throws -> ProcessOutcome {
        var spec = spec
        spec.home = home
        spec.readOnlyPlaces = ["in", "plan"].map { "\(spec.directory)/\($0)" }
        do {
            let outcome = try await ChildProcess.run(spec, control: control, onOutput: onOutput)
            await removeHome(home)
            return outcome
        } catch {
            await removeHome(home)
            throw error
        }
    }

    private func removeHome(_ home: String) async {
        do {
            try await onOwnThread("home") { FileSystem.remove(home) }
        } catch {
            // No thread can be started: the next engine removes it. What the program has done counts all the same.
        }
    }
}
