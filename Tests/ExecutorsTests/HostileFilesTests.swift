import Core
import Glibc
import Processes
import Store
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

    @Test("A link where the plan's files belong does not lead the server out, and gives way to them")
    func linkedPlan() async throws {
        let bench = try await Workbench.make(.none)
        try bench.directory.makeDirectory("outside")
        let script = "rm -rf plan in; ln -s \(bench.directory.path)/outside plan"
        #expect(try await bench.shell(script).result != nil)
        let outcome = try await bench.run(["sh", "plan/tool.sh"], planFiles: ["tool.sh"])
        #expect(outcome.text == "tool")
        #expect(try FileSystem.names(in: bench.directory.path + "/outside") == [])
    }

    /// What a program may do so that a later one runs what it has written.
    static let tampering = [
        "echo 'echo other' > plan/tool.sh", "rm plan/tool.sh; echo 'echo other' > plan/tool.sh",
        "mv plan old; mkdir plan; echo 'echo other' > plan/tool.sh", "rm -rf plan; echo x > plan",
        "ln plan/tool.sh own && echo 'echo other' > own", "rm plan/tool.sh; ln -s ../own plan/tool.sh; echo x > own",
        "rm plan/tool.sh; mkdir -p plan/tool.sh/more", "echo x > plan/other; mkdir plan/further; chmod 0 plan/further",
        "mkfifo plan/pipe; rm -rf in; mkdir in; echo x > in/given; echo x > in/more", "chmod 0 plan/tool.sh in/given",
    ]

    @Test("Nothing that a program does changes what later ones find in plan/ and in/", arguments: tampering)
    func whatWasGivenStays(script: String) async throws {
        for mode in await CommandExecutorTests.modes() {
            let bench = try await Workbench.make(mode)
            func run(_ arguments: [String], planFiles: [String] = ["tool.sh"]) async throws -> StepOutcome {
                var work = try bench.work(
                    .command(
                        StepWork.Command(
                            arguments: arguments, stdin: nil, environment: [], planFiles: planFiles, outputFiles: [],
                            hasNetwork: false)))
                let given = Array("given\n".utf8)
                work.files = [
                    TaskFile(name: "given", hash: try bench.blobs.write(given), size: 6, mediaType: "text/plain")
                ]
                return try await bench.execute(work)
            }
            #expect(try await run(["sh", "plan/tool.sh"]).text == "tool")
            _ = try await run(["sh", "-c", script], planFiles: [])
            let outcome = try await run(["sh", "-c", "sh plan/tool.sh; cat in/given; ls plan in"])
            #expect(outcome.text == "tool\ngiven\nin:\ngiven\n\nplan:\ntool.sh", "\(mode)")
        }
    }

    @Test(
        "A plan's directory that a program makes before there is one is not the plan's",
        arguments: await CommandExecutorTests.modes())
    func madeBefore(mode: SandboxMode) async throws {
        let bench = try await Workbench.make(mode)
        _ = try await bench.shell("mkdir plan; echo 'echo other' > plan/tool.sh")
        #expect(try await bench.run(["sh", "plan/tool.sh"], planFiles: ["tool.sh"]).text == "tool")
    }

    @Test(
        "A program finds nothing in its home that was not put there by itself",
        arguments: await CommandExecutorTests.modes())
    func homes(mode: SandboxMode) async throws {
        let bench = try await Workbench.make(mode)
        let fill =
            "echo x > $HOME/.profile; echo x > $TMPDIR/x; mkdir -p $HOME/a/b; chmod 0 $HOME/a; echo $HOME; cat ~/.profile"
        let first = try #require(try await bench.shell("echo x > .curlrc; mkdir -p .local; \(fill)").text)
        let second = try await bench.shell("ls -A $HOME $TMPDIR; pwd; ls -A; \(fill)")
        let home = String(first.prefix { $0 != "\n" })
        #expect(first == "\(home)\nx")
        #expect(home.hasPrefix(bench.directory.path + "/tasks/.homes/"))
        let lines = second.text?.split(separator: "\n").map(String.init) ?? []
        #expect(lines.contains(".curlrc") && !lines.contains(".profile") && !lines.contains(home))
        #expect(!FileSystem.exists(home))
        #expect(try FileSystem.names(in: bench.directory.path + "/tasks/.homes") == [])
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
