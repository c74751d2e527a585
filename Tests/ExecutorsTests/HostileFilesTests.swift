import Core
import Glibc
import Processes
import TestSupport
import Testing

@testable import Engine
@testable import Executors

/// Files and links that a command leaves in its directory to lead the server astray.
@Suite(.timeLimit(.minutes(1)))
struct HostileFilesTests {
    @Test("Links, pipes and odd names are no outputs", arguments: await CommandExecutorTests.modes())
    func outputs(mode: SandboxMode) async throws {
        let bench = try await Workbench.make(mode)
        let script = """
            mkdir out; echo fine > out/fine; ln -s /etc/passwd out/link; ln -s /etc out/etc; mkfifo out/pipe
            ln -s / out/root; echo odd > "out/$(printf 'a\\nb')"; echo utf > "out/$(printf 'c\\377')"; echo x > out/.hidden
            """
        let outcome = try await bench.run(["sh", "-c", script], outputFiles: ["out/**"])
        let names = outcome.result?.files.map(\.name) ?? []
        // A name that is no UTF-8 cannot be told to anybody.
        #expect(names == ["out/a\nb", "out/fine"])
    }

    @Test(
        "A link where the plan's files belong does not lead the server out",
        arguments: await CommandExecutorTests.modes())
    func planFiles(mode: SandboxMode) async throws {
        let bench = try await Workbench.make(mode)
        try bench.directory.makeDirectory("outside")
        let script = "rm -rf plan in; ln -s \(bench.directory.path)/outside plan"
        #expect(try await bench.shell(script).result != nil)
        let outcome = try await bench.run(["sh", "plan/tool.sh"], planFiles: ["tool.sh"])
        #expect(outcome.failure?.message.contains("plan cannot be opened") == true)
        #expect(try FileSystem.names(in: bench.directory.path + "/outside") == [])
    }

    @Test func anOpenDirectoryStaysItself() throws {
        let directory = try TemporaryDirectory()
        try directory.makeDirectory("real")
        try directory.makeDirectory("other")
        let root = try ConfinedDirectory(path: directory.path)
        let real = try root.directory("real")
        #expect(unsafe rename("\(directory.path)/real", "\(directory.path)/moved") == 0)
        try directory.makeLink("real", to: "other")
        try real.write([1, 2], to: "file", by: "\(directory.path)/scratch")
        #expect(try FileSystem.read("\(directory.path)/moved/file") == [1, 2])
        #expect(try real.read("file", maximum: 10) == [1, 2])
        #expect(try FileSystem.names(in: "\(directory.path)/other") == [])
        #expect(throws: SignalboxError.self) { try root.inDirectory(of: "real/file") { try $0.read($1, maximum: 10) } }
        let error = #expect(throws: SignalboxError.self) { try real.read("file", maximum: 1) }
        #expect(error?.message == "The file \(directory.path)/real/file is larger than 1 bytes.")
    }

    @Test func missingPartsAreMadeOnRequest() throws {
        let directory = try TemporaryDirectory()
        let root = try ConfinedDirectory(path: directory.path)
        #expect(throws: SignalboxError.self) {
            try root.inDirectory(of: "a/b/c") { try $0.write([7], to: $1, by: "\(directory.path)/scratch") }
        }
        try root.inDirectory(of: "a/b/c", isMade: true) { try $0.write([7], to: $1, by: "\(directory.path)/scratch") }
        #expect(try FileSystem.read(directory.path + "/a/b/c") == [7])
        #expect(root.kind("a") == .directory)
        #expect(root.kind("none") == nil)
    }
}
