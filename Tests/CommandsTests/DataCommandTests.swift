import Core
import TestSupport
import Testing

@testable import Commands

/// `backup`, `restore` and `doctor` as people call them.
@Suite(.timeLimit(.minutes(1)))
final class DataCommandTests {
    private let directory: TemporaryDirectory
    private var data: String { directory.path + "/data" }
    private var file: String { directory.path + "/backup" }
    private var restored: String { directory.path + "/restored" }

    init() throws { directory = try TemporaryDirectory() }

    deinit {
        for name in ["data", "restored", "backup"] { FileSystem.remove(directory.path + "/" + name) }
    }

    private func signalbox(
        _ arguments: String..., environment: [String: String] = [:]
    ) async -> (code: ExitCode, output: String, errors: String) {
        let streams = Streams()
        var variables = ["SIGNALBOX_DATA": data, "SIGNALBOX_SANDBOX": "none"]
        variables.merge(environment) { $1 }
        let code = await SignalboxCommand.run(arguments, streams.context(environment: variables))
        return (code, streams.output, streams.errors)
    }

    private func run() async throws {
        try directory.write("plan.yaml", "name: p\nsteps: { big: { command: [sh, -c, yes | head -n 99999] } }\n")
        #expect(await signalbox("run", directory.path + "/plan.yaml").code == .completed)
    }

    @Test func `what was backed up can be restored elsewhere`() async throws {
        try await run()
        let backup = await signalbox("backup", file)
        #expect(backup.code == .completed)
        #expect(backup.output.hasPrefix("Backed up 1 task, "))
        #expect(backup.output.contains("1 plan and 1 blob ("))
        #expect(FileSystem.permissions(file) == 0o600)
        #expect(!FileSystem.exists(file + ".partial"))
        let restore = await signalbox("restore", file, "--data", restored, "--json")
        #expect(restore.code == .completed)
        let report = try JSON(parsing: restore.output)
        #expect(report["tasks"] == 1 && report["blobs"] == 1 && report["missing_blobs"] == [])
        #expect(FileSystem.permissions(restored) == 0o700)
        #expect(try FileSystem.names(in: restored) == ["blobs", "lock", "signalbox.db"])
        let show = await signalbox("tasks", "show", "1", "--data", restored, "--json")
        #expect(try JSON(parsing: show.output)["status"] == "completed")
        let doctor = await signalbox("doctor", "--rebuild", "--data", restored)
        #expect(doctor.code == .completed)
        #expect(doctor.output.contains("Rebuilt the rows of 1 task: all were as the journal says"))
    }

    @Test func `a file is replaced only when that is asked for`() async throws {
        try await run()
        try directory.write("backup", "mine")
        let refused = await signalbox("backup", file)
        #expect(refused.code == .badUse && refused.errors.contains("--force"))
        #expect(try FileSystem.read(file) == Array("mine".utf8))
        #expect(await signalbox("backup", file, "--force").code == .completed)
        #expect(try FileSystem.read(file).starts(with: Array("SQLite format 3".utf8)))
        let inside = await signalbox("backup", data + "/backup")
        #expect(inside.code == .badUse && inside.errors.contains("in the data directory"))
    }

    @Test func `without a database there is nothing to back up or rebuild`() async {
        for arguments in [["backup", file], ["doctor", "--rebuild"]] {
            let streams = Streams()
            let code = await SignalboxCommand.run(
                arguments, streams.context(environment: ["SIGNALBOX_DATA": data]))
            #expect(code == .badUse)
            #expect(streams.errors.contains("no database"))
            #expect(!FileSystem.exists(data))
        }
        #expect(!FileSystem.exists(file))
    }

    @Test func `a restore that fails leaves no trace`() async throws {
        try await run()
        #expect(await signalbox("backup", file).code == .completed)
        #expect(await signalbox("restore", file).errors.contains("is not empty"))
        let bytes = try FileSystem.read(file)
        try FileSystem.writeAtomically(Array(bytes.prefix(bytes.count / 2)), to: file)
        let damaged = await signalbox("restore", file, "--data", restored)
        #expect(damaged.code == .badUse && damaged.errors.contains("damaged"))
        #expect(!FileSystem.exists(restored))
        // An empty directory stays, empty.
        try FileSystem.createDirectory(restored)
        #expect(await signalbox("restore", file, "--data", restored).code == .badUse)
        #expect(try FileSystem.names(in: restored) == [])
        // What a restore that was cut off has left does not keep the next one.
        try FileSystem.writeAtomically(bytes, to: file)
        try FileSystem.createDirectory(restored + "/.restoring/blobs")
        try FileSystem.createDirectory(restored + "/blobs/ab")
        #expect(await signalbox("restore", file, "--data", restored).code == .completed)
        #expect(try FileSystem.names(in: restored) == ["blobs", "lock", "signalbox.db"])
        #expect(try FileSystem.names(in: restored + "/blobs").contains("ab") == false)
    }

    @Test func `doctor says what is wrong, and where settings come from`() async throws {
        let before = await signalbox("doctor")
        #expect(before.code == .completed && before.output.contains("is not there yet"))
        #expect(!FileSystem.exists(data))
        try await run()
        try directory.write(
            "settings.yaml", "parallel_steps: 7\nretention: { days: 90, plans: { p: forever, q: 5 } }\n")
        let settings = directory.path + "/settings.yaml"
        let fine = await signalbox("doctor", "--config", settings, "--json", environment: ["SIGNALBOX_PORT": "8000"])
        #expect(fine.code == .completed)
        let document = try JSON(parsing: fine.output)
        var origins: [String: String] = [:]
        for setting in document["settings"]?.arrayValue ?? [] {
            let words = ["name", "value", "origin"].map { setting[$0]?.stringValue ?? "?" }
            origins[words[0]] = "\(words[1]) from \(words[2])"
        }
        #expect(origins["data"] == "\(data) from SIGNALBOX_DATA")
        #expect(origins["port"] == "8000 from SIGNALBOX_PORT")
        #expect(origins["parallel_steps"] == "7 from \(settings)")
        #expect(origins["default_model"] == "none from default")
        #expect(origins["sandbox"] == "none from SIGNALBOX_SANDBOX")
        #expect(origins["retention.days"] == "90 days from \(settings)")
        #expect(origins["retention.plans.p"] == "forever from \(settings)")
        #expect(origins["retention.plans.q"] == "5 days from \(settings)")
        // A file that a task needs is lost.
        let names = try FileSystem.names(in: data + "/blobs").filter { $0.utf8.count == 2 }
        for name in names { FileSystem.remove(data + "/blobs/" + name) }
        let broken = await signalbox("doctor")
        #expect(broken.code == .failed)
        #expect(broken.output.contains("failed   files") && broken.output.contains("missing"))
        let backup = await signalbox("backup", file)
        #expect(backup.code == .failed && backup.errors.contains("1 blob that tasks need"))
    }
}
