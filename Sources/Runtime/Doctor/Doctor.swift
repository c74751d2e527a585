internal import Core
internal import Processes
internal import Secrets
internal import Store
internal import StoreSQLite

/// Looks at an installation and says what is as it should be and what is not. It changes nothing.
public enum Doctor: Sendable {
    /// One thing that was looked at.
    public struct Finding: Sendable, Hashable {
        public var name: String
        public var state: State
        /// A sentence or a few words.
        public var detail: String
        /// What to do about it.
        public var hint: String?
    }

    /// How a thing is.
    public enum State: String, Sendable {
        case fine = "ok"
        case warning
        case failed
    }

    /// Looks at everything. A server may run on the directory meanwhile.
    /// - Parameter environment: where keys are looked for that are variables.
    public static func examine(_ settings: Settings, environment: [String: String]) async throws -> [Finding] {
        let directory = settings.directory
        let stored = try await onOwnThread("doctor") {
            try self.directory(directory) + database(directory) + secrets(settings)
        }
        let source = settings.secretSource(environment: environment)
        return stored + (await providers(settings, source)) + [try await onOwnThread("doctor") { prices(directory) }]
            + (await mcpServers(settings, source)) + [await sandbox(settings)]
    }

    private static func sandbox(_ settings: Settings) async -> Finding {
        let path = settings.directory.path
        // What is not there yet need not be hidden; the first start makes it, and looks again.
        let sandbox = await Sandbox.prepare(
            settings.sandbox, hiding: FileSystem.isDirectory(path) ? path : nil)
        let state: State =
            switch sandbox.state {
            case .bubblewrap: .fine
            case .processGroup: settings.sandbox == .none ? .fine : .warning
            case .refused: .failed
            }
        return Finding(name: "sandbox", state: state, detail: sandbox.sentence)
    }

    private static func directory(_ directory: DataDirectory) throws -> [Finding] {
        let path = directory.path
        guard FileSystem.isDirectory(path) else {
            return [
                Finding(
                    name: "data directory", state: .warning, detail: "\(path) is not there yet",
                    hint: "The first `signalbox run` or `signalbox serve` makes it.")
            ]
        }
        var findings = [Finding(name: "data directory", state: .fine, detail: path)]
        if !FileSystem.isWritable(path) {
            findings[0].state = .failed
            findings[0].detail = "\(path) cannot be written by this user"
        } else if let mode = FileSystem.permissions(path), mode & 0o077 != 0 {
            findings[0].state = .warning
            findings[0].detail = "Other users of this machine can look into \(path)"
            findings[0].hint = "chmod 700 \(path)"
        }
        let holder = try directory.holder()
        let process = holder?.process.map { "process \($0)" } ?? "another process"
        let detail = holder.map { "in use by \(process)" + ($0.address.map { ", which serves on \($0)" } ?? "") }
        findings.append(Finding(name: "engine", state: .fine, detail: detail ?? "none runs on it"))
        return findings
    }

    private static func database(_ directory: DataDirectory) -> [Finding] {
        guard FileSystem.exists(directory.database) else { return [] }
        let found: DatabaseFindings
        do {
            found = try SQLiteDatabase.examine(
                path: directory.database, blobs: BlobStore(directory: directory.blobs))
        } catch {
            let error = error as? SignalboxError
            return [
                Finding(
                    name: "database", state: .failed, detail: error?.message ?? "It cannot be read.",
                    hint: error?.hint)
            ]
        }
        var findings = [schema(found)]
        findings.append(
            Finding(
                name: "integrity", state: found.damage.isEmpty ? .fine : .failed,
                detail: found.damage.isEmpty ? "the structure is sound" : found.damage.joined(separator: "; "),
                hint: found.damage.isEmpty ? nil : "Restore the data directory from a backup."))
        let missing = found.missingBlobs.map(\.short).joined(separator: ", ")
        findings.append(
            Finding(
                name: "files", state: missing.isEmpty ? .fine : .failed,
                detail: missing.isEmpty
                    ? "all that tasks need are there" : "some that tasks need are missing: \(missing)",
                hint: missing.isEmpty ? nil : "Restore the data directory from a backup."))
        if FileSystem.permissions(directory.database).map({ $0 & 0o077 != 0 }) == true {
            findings[0].state = max(findings[0].state, .warning)
            findings[0].hint = "Other users of this machine can read it: chmod 600 \(directory.database)"
        }
        return findings
    }

    private static func secrets(_ settings: Settings) -> [Finding] {
        do {
            let count = try settings.secretStore.entries().count
            guard count > 0 else { return [] }
            return [Finding(name: "secrets", state: .fine, detail: "\(count) in the encrypted store")]
        } catch {
            let error = error as? SignalboxError
            return [
                Finding(
                    name: "secrets", state: .failed, detail: error?.message ?? "They cannot be read.",
                    hint: error?.hint)
            ]
        }
    }

    private static func schema(_ found: DatabaseFindings) -> Finding {
        let version = "schema version \(found.schema)"
        if found.schema > found.newestSchema {
            return Finding(
                name: "database", state: .failed,
                detail: "\(version) is newer than this program, which knows up to \(found.newestSchema)",
                hint: "Use the newer program.")
        }
        if found.schema < found.newestSchema {
            return Finding(
                name: "database", state: .warning,
                detail:
                    "\(version) is older than this program's, \(found.newestSchema); the next start brings it up to date"
            )
        }
        return Finding(
            name: "database", state: .fine,
            detail: "\(version), \(found.tasks) tasks, \(found.events) events, \(found.bytes >> 10) KiB")
    }
}

extension Doctor.State: Comparable {
    private var severity: Int {
        switch self {
        case .fine: 0
        case .warning: 1
        case .failed: 2
        }
    }

    public static func < (left: Doctor.State, right: Doctor.State) -> Bool { left.severity < right.severity }
}
