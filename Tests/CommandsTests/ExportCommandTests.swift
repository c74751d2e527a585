import Core
import TestSupport
import Testing

@testable import Commands

/// `tasks export` and `verify` as people call them.
@Suite(.timeLimit(.minutes(1)))
final class ExportCommandTests {
    private let directory: TemporaryDirectory
    private var file: String { directory.path + "/it.json" }

    init() throws { directory = try TemporaryDirectory() }

    deinit {
        for name in ["data", "it.json", "it.html"] { FileSystem.remove(directory.path + "/" + name) }
    }

    private func signalbox(_ arguments: String...) async -> (code: ExitCode, output: String, errors: String) {
        let streams = Streams()
        let environment = ["SIGNALBOX_DATA": directory.path + "/data"]
        let code = await SignalboxCommand.run(arguments, streams.context(environment: environment))
        return (code, streams.output, streams.errors)
    }

    private func run() async throws {
        try directory.write("plan.yaml", "name: p\nsteps: { a: { set: { text: hello } } }\n")
        #expect(await signalbox("run", directory.path + "/plan.yaml").code == .completed)
    }

    @Test(arguments: ["json", "html"])
    func `an export is written and found whole`(format: String) async throws {
        try await run()
        let file = directory.path + "/it." + format
        let export = await signalbox("tasks", "export", "1", "--format", format, "--output", file)
        #expect(export.code == .completed && export.output == "")
        #expect(export.errors.hasPrefix("Wrote \(file) ("))
        #expect(FileSystem.permissions(file) == 0o600)
        #expect(try FileSystem.names(in: directory.path) == ["data", "it." + format, "plan.yaml"])
        let verify = await signalbox("verify", file)
        #expect(verify.code == .completed && verify.errors == "")
        let lines = verify.output.split(separator: "\n")
        #expect(lines.first?.hasPrefix("Task #1 p, exported by Signalbox \(Version.number) at ") == true)
        #expect(lines.last?.hasPrefix("Whole: ") == true)
    }

    @Test func `without a file the document goes to stdout`() async throws {
        try await run()
        let export = await signalbox("tasks", "export", "1")
        #expect(export.errors == "")
        #expect(try JSON(parsing: export.output)["format"] == "signalbox-task-export")
        #expect(await signalbox("tasks", "export", "#1", "--format", "html").output.hasPrefix("<!doctype html>"))
    }

    @Test func `a file is replaced only when that is asked for`() async throws {
        try await run()
        try directory.write("it.json", "mine")
        let refused = await signalbox("tasks", "export", "1", "--output", file)
        #expect(refused.code == .badUse && refused.errors.contains("--force"))
        #expect(try FileSystem.read(file) == Array("mine".utf8))
        #expect(await signalbox("tasks", "export", "1", "--output", file, "--force").code == .completed)
        #expect(await signalbox("verify", file).code == .completed)
    }

    @Test func `what is broken is named`() async throws {
        try await run()
        let export = await signalbox("tasks", "export", "1")
        try directory.write("it.json", export.output.replacing("hello", with: "hullo"))
        let verify = await signalbox("verify", file, "--json")
        #expect(verify.code == .failed)
        let report = try JSON(parsing: verify.output)
        #expect(report["whole"] == false && report["fault"]?["problem"] == "changed")
        // The plan's text stands in the head.
        #expect(report["fault"]?["sequence"] == 0 && report["fault"]?["kind"] == "head")
        #expect(await signalbox("verify", file).output.contains("Broken: Record 0 (head) was changed"))
    }

    @Test func `what is no export is bad use`() async throws {
        try directory.write("it.json", "{}")
        let verify = await signalbox("verify", file)
        #expect(verify.code == .badUse && verify.errors.contains("is no export of a task"))
        #expect(await signalbox("verify", directory.path + "/none").code == .badUse)
    }

    @Test(arguments: [["--format", "pdf"], ["--force"]])
    func `options that cannot be meant are refused`(options: [String]) async throws {
        let streams = Streams()
        let code = await SignalboxCommand.run(["tasks", "export", "1"] + options, streams.context())
        #expect(code == .badUse && streams.errors.contains(options[0]))
    }

    @Test func `a task that is not there leaves no file`() async throws {
        try await run()
        let export = await signalbox("tasks", "export", "9", "--output", file)
        #expect(export.code == .badUse && export.errors.contains("There is no task \"9\""))
        #expect(!FileSystem.exists(file))
    }
}
