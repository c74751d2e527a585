import Core
import TestSupport
import Testing

@testable import Engine
@testable import Executors
@testable import Processes

/// Programs that are not part of the system, inside bubblewrap.
@Suite(
    .timeLimit(.minutes(1)),
    .enabled(Confinement.reason) { await Confinement.hasBubblewrap() })
struct SandboxedProgramTests {
    let tools: TemporaryDirectory

    init() throws {
        tools = try TemporaryDirectory()
        try tools.makeDirectory("bin")
        try tools.makeDirectory("elsewhere")
        try tools.write("bin/hello", "#!/bin/sh\n. \"$(dirname \"$0\")/greeting\"\necho $greeting\n", mode: 0o755)
        try tools.write("bin/greeting", "greeting=hello")
        try tools.write("elsewhere/interpreter", "#!/bin/sh\necho interpreted\n", mode: 0o755)
        try tools.write("bin/script", "#!\(tools.path)/elsewhere/interpreter -x\n", mode: 0o755)
        try tools.makeLink("bin/linked", to: "../elsewhere/interpreter")
        try tools.write("bin/orphan", "#!/no/such/interpreter\n", mode: 0o755)
        try tools.write("bin/broken", "#!/usr/bin/env no-such-program\n", mode: 0o755)
    }

    @Test(arguments: [("hello", "hello"), ("script", "interpreted"), ("linked", "interpreted")])
    func runs(name: String, says: String) async throws {
        let bench = try await Workbench.make(.bubblewrap)
        let outcome = try await bench.run(["\(tools.path)/bin/\(name)"])
        #expect(outcome.text == says, "\(String(describing: outcome.failure))")
        let byName = try await bench.run([name], environment: [("PATH", "\(tools.path)/bin:/usr/bin:/bin")])
        #expect(byName.text == says, "\(String(describing: byName.failure))")
    }

    @Test func isReadOnly() async throws {
        let bench = try await Workbench.make(.bubblewrap)
        let outcome = try await bench.run(
            ["sh", "-c", "echo x > \(tools.path)/bin/new"], environment: [("PATH", "\(tools.path)/bin:/usr/bin:/bin")])
        #expect(outcome.failure?.message.contains("Read-only file system") == true)
    }

    @Test func missingInterpreter() async throws {
        let bench = try await Workbench.make(.bubblewrap)
        let outcome = try await bench.run(["\(tools.path)/bin/orphan"])
        #expect(outcome.failure?.message.contains("names an interpreter in its first line that does not exist") == true)
    }

    @Test func missingProgram() async throws {
        let bench = try await Workbench.make(.bubblewrap)
        let outcome = try await bench.run(["no-such-program"])
        #expect(outcome.failure?.message.contains("\"no-such-program\" was not found in") == true)
        let inside = try await bench.run(["\(tools.path)/bin/broken"])
        #expect(inside.failure?.message.contains("no-such-program") == true)
    }

    @Test("A directory that holds more than programs is not shown because one lies in it")
    func guardedDirectories() throws {
        let directory = try TemporaryDirectory()
        try directory.makeDirectory("data")
        try directory.makeDirectory("data/tasks")
        try directory.write("tool", "#!/bin/sh\n", mode: 0o755)
        let data = directory.path + "/data"
        let spec = ProcessSpec(arguments: ["x"], directory: data + "/tasks")
        let places = ProgramPlaces(spec, dataDirectory: data)
        #expect(try places.paths(of: directory.path + "/tool") == [directory.path + "/tool"])
        #expect(try places.paths(of: "\(tools.path)/bin/hello") == ["\(tools.path)/bin"])
        #expect(try places.paths(of: "/usr/bin/env") == [])
    }

    @Test func virtualEnvironmentsAreShownWhole() throws {
        try tools.write("pyvenv.cfg", "home = /usr/bin\n")
        let spec = ProcessSpec(arguments: ["x"], directory: "/somewhere")
        #expect(try ProgramPlaces(spec, dataDirectory: nil).paths(of: "\(tools.path)/bin/hello") == [tools.path])
    }

    @Test("A failure says which file the program cannot have seen")
    func hiddenFiles() async throws {
        let bench = try await Workbench.make(.bubblewrap)
        // There on every Debian, and neither of the system's own places nor in /tmp, which the sandbox has of its own.
        let file = "/var/lib/dpkg/status"
        let outcome = try await bench.run(["cat", file])
        #expect(outcome.failure?.message.contains("The sandbox does not show \(file)") == true)
    }
}
