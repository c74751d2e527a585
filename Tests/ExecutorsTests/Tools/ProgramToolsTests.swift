import Core
import Glibc
import Plans
import Processes
import Providers
import TestSupport
import Testing

@testable import Engine
@testable import Executors

/// The tools that run programs: real ones, in the sandbox where one works.
@Suite(.timeLimit(.minutes(1)))
struct ProgramToolsTests {
    private func command(_ mode: SandboxMode, _ options: CommandToolOptions? = nil) async throws -> (
        ToolBench, any Tool
    ) {
        let box = try await ToolBench(mode)
        return (box, box.tools.command(options ?? CommandToolOptions(isShellAllowed: true, isUnconfinedAllowed: true)))
    }

    @Test("Exit code and both streams are told", arguments: await CommandExecutorTests.modes())
    func runs(mode: SandboxMode) async throws {
        let (box, tool) = try await command(mode)
        let file = try box.file("names", "b\na\n".utf8)
        let sorted = try await box.call(tool, ["arguments": ["sort", "in/names"]], files: [file])
        #expect(sorted.text == "Exit code 0.\nstdout:\na\nb\n")
        #expect(sorted.value == ["exit_code": 0, "stdout": "a\nb\n", "stderr": ""])
        #expect(sorted.isFromNetwork && !sorted.isError && !tool.isRepeatable)
        let failed = try await box.call(tool, ["shell": "cat; echo wrong >&2; exit 3", "stdin": "given"])
        #expect(failed.isError)
        #expect(failed.value == ["exit_code": 3, "stdout": "given", "stderr": "wrong\n"])
        #expect(failed.text.hasPrefix("Exit code 3. /bin/sh ended with exit code 3: wrong"))
        #expect(failed.trace?["exit_code"] == 3)
    }

    @Test func argumentsAreNoShellLine() async throws {
        let (box, tool) = try await command(.none)
        let output = try await box.call(tool, ["arguments": ["echo", "$(id); `id` && x > y"]])
        #expect(output.text == "Exit code 0.\nstdout:\n$(id); `id` && x > y\n")
        #expect(!FileSystem.exists(box.bench.taskDirectory + "/y"))
    }

    @Test(arguments: [
        [:] as JSONObject, ["arguments": []], ["arguments": "ls"], ["arguments": ["ls", 1]], ["shell": "ls"],
        ["arguments": ["ls"], "stdin": 1], ["arguments": ["no-such-program"]], ["arguments": ["a\u{0}b"]],
    ])
    func wrongArgumentsAreTold(arguments: JSONObject) async throws {
        let (box, tool) = try await command(.none, CommandToolOptions(isUnconfinedAllowed: true))
        await #expect(throws: SignalboxError.self) { try await box.call(tool, arguments) }
    }

    @Test func withoutASandboxNothingIsRunForAnAgent() async throws {
        let (box, tool) = try await command(.none, CommandToolOptions())
        let failure = await #expect(throws: Failure.self) { try await box.call(tool, ["arguments": ["touch", "x"]]) }
        #expect(failure?.message.contains("outside of a sandbox") == true)
        #expect(!FileSystem.exists(box.bench.taskDirectory + "/x"))
    }

    @Test(.enabled(Confinement.reason) { await Confinement.hasBubblewrap() })
    func theSandboxHoldsNetworkAndFilesBack() async throws {
        let (box, tool) = try await command(.bubblewrap, CommandToolOptions(isShellAllowed: true))
        try box.bench.directory.write("secret", "secret")
        let output = try await box.call(
            tool,
            ["shell": .string("cat \(box.bench.directory.path)/secret; cat /proc/net/dev | wc -l; echo x > /usr/x")])
        #expect(!output.text.contains("secret\n"))
        // Two lines of heading and the loopback.
        #expect(output.value?["stdout"] == "3\n")
        #expect(output.isError)
        let (other, open) = try await command(.bubblewrap, CommandToolOptions(hasNetwork: true, isShellAllowed: true))
        let devices = try FileSystem.readToEnd("/proc/net/dev").count { $0 == UInt8(ascii: "\n") }
        #expect(try await other.call(open, ["shell": "cat /proc/net/dev | wc -l"]).value?["stdout"] == "\(devices)\n")
    }

    @Test("Time and output are bounded, and what was written is told", arguments: await CommandExecutorTests.modes())
    func bounds(mode: SandboxMode) async throws {
        let options = CommandToolOptions(timeoutMilliseconds: 300, isShellAllowed: true, isUnconfinedAllowed: true)
        let (box, tool) = try await command(mode, options)
        let late = try await box.call(tool, ["shell": "echo begun; sleep 1000"])
        #expect(late.isError && late.text == "It was ended, for it took longer than 0.3 s.\nstdout:\nbegun\n")
        let (other, free) = try await command(mode)
        let loud = try await other.call(free, ["arguments": ["head", "-c", "100000000", "/dev/zero"]])
        #expect(loud.isError && loud.text.hasPrefix("It was ended, for it wrote more than 8 MiB to stdout."))
        #expect(loud.text.utf8.count < 2 * Limits.toolTextBytesMaximum)
        let long = try await other.call(free, ["shell": "seq 1 100000"])
        #expect(long.text.contains("bytes are left out here.]") && long.text.hasSuffix("\n100000\n"))
    }

    @Test("A stop ends all programs of a run", arguments: await CommandExecutorTests.modes(), [true, false])
    func stop(mode: SandboxMode, isKill: Bool) async throws {
        let (box, tool) = try await command(mode)
        let control = RunControl()
        let calls = ["a", "b"].map { name in
            Task {
                let script: JSON = .string("trap 'touch \(name).bye; exit' TERM; touch \(name); sleep 1000 & wait")
                return try await tool.call(["shell": script], in: try box.context(name, control: control))
            }
        }
        for name in ["a", "b"] {
            while !FileSystem.exists(box.bench.taskDirectory + "/\(name)") { await Task.yield() }
        }
        if isKill { control.kill() } else { control.stop() }
        for call in calls { await #expect(throws: CancellationError.self) { try await call.value } }
        #expect(FileSystem.exists(box.bench.taskDirectory + "/a.bye") == !isKill)
        await #expect(throws: CancellationError.self) {
            try await tool.call(["arguments": ["touch", "late"]], in: try box.context("c", control: control))
        }
        #expect(!FileSystem.exists(box.bench.taskDirectory + "/late"))
    }

    @Test("One call's end leaves the programs of another alone")
    func marks() async throws {
        let (box, tool) = try await command(.none)
        async let slow = tool.call(
            ["shell": "touch begun; until [ -e gate ]; do sleep 0.01; done; echo whole"], in: try box.context("slow"))
        while !FileSystem.exists(box.bench.taskDirectory + "/begun") { await Task.yield() }
        let quick = try await tool.call(["arguments": ["true"]], in: try box.context("quick"))
        #expect(!quick.isError)
        try box.bench.directory.write("tasks/7/gate", "")
        #expect(try await slow.value?["stdout"] == "whole\n")
    }

    private func program(_ script: String) -> ProgramToolOptions {
        ProgramToolOptions(
            name: "lookup", summary: "Looks something up.",
            parameters: ["type": "object", "properties": ["id": ["type": "integer"]]],
            arguments: ["sh", "-c", script], planFiles: ["tool.sh"])
    }

    @Test("A program gets its arguments as JSON and answers", arguments: await CommandExecutorTests.modes())
    func programs(mode: SandboxMode) async throws {
        let box = try await ToolBench(mode)
        let echo = box.tools.program(
            program("cat; echo; sh plan/tool.sh; echo $SIGNALBOX_CALL $SIGNALBOX_IDEMPOTENCY_KEY"))
        #expect(echo.declaration.name == "lookup" && echo.declaration.summary == "Looks something up.")
        let text = try await box.call(echo, ["id": 7, "q": "é"])
        #expect(text.text == "{\"id\":7,\"q\":\"é\"}\ntool\ncall_1 key/call_1\n")
        let json = try await box.call(box.tools.program(program("echo '{\"found\": [1, 2]}'")), [:])
        #expect(json.value == ["found": [1, 2]])
        let failed = try await box.call(box.tools.program(program("echo half; echo no such id >&2; exit 1")), [:])
        #expect(failed.isError && failed.value == nil)
        #expect(failed.text.contains("ended with exit code 1: no such id") && failed.text.contains("stdout:\nhalf"))
    }

    @Test func aFileOfThePlanIsFoundByWhereItLies() async throws {
        let box = try await ToolBench()
        var options = program("")
        options.arguments = ["sh", "plan/tool.sh"]
        options.planFiles = []
        #expect(try await box.call(box.tools.program(options), [:]).text == "tool\n")
        options.planFiles = ["none.sh"]
        await #expect(throws: Failure.self) { try await box.call(box.tools.program(options), [:]) }
    }
}
