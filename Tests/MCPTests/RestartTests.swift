import Core
import Glibc
import MCP
import Processes
import TestSupport
import Testing

/// Programs of servers come and go.
@Suite(.timeLimit(.minutes(2)))
struct RestartTests {
    @Test func theSameProgramServesAllCalls() async throws {
        try await Bench.with(["it": Bench.script("hostile.py", "none")]) { connections, _ in
            let first = try await connections.call("good").value?.text
            let second = try await connections.call("good").value?.text
            #expect(first == second)
        }
    }

    @Test func aCrashedProgramIsStartedForTheNextCall() async throws {
        try await Bench.with(["it": Bench.script("hostile.py", "crash")]) { connections, _ in
            let before = try await connections.call("good").value?.text
            for _ in 0..<8 {
                await #expect(throws: SignalboxError.self) { try await connections.call("go") }
                let after = try await connections.call("good").value?.text
                #expect(after != before)
            }
        }
    }

    @Test func aProgramThatNeverStartsIsLeftAlone() async throws {
        var policy = Bench.hasty
        policy.failuresMaximum = 3
        try await Bench.with(["it": Bench.script("hostile.py", "crash-at-start")], restarts: policy) { connections, _ in
            for _ in 0..<3 {
                let error = await #expect(throws: SignalboxError.self) { try await connections.call("go") }
                #expect(error?.message.contains("its program ended with exit code 1") == true)
                #expect(error?.hint == "Its last words on stderr: nothing works today")
            }
            let error = await #expect(throws: SignalboxError.self) { try await connections.call("go") }
            #expect(error?.code == .upstream)
            #expect(error?.message.contains("it failed 3 times in a row") == true)
            #expect(error?.hint == "It is tried again in 60 s at the earliest.")
        }
    }

    @Test func afterItsRestAProgramIsTriedOnceMore() async throws {
        var policy = Bench.hasty
        policy.failuresMaximum = 1
        policy.restMilliseconds = 1
        try await Bench.with(["it": Bench.script("hostile.py", "crash")], restarts: policy) { connections, _ in
            await #expect(throws: SignalboxError.self) { try await connections.call("go") }
            while true {
                do {
                    let text = try await connections.call("good").value?.text
                    #expect(text?.hasPrefix("good by ") == true)
                    break
                } catch let error as SignalboxError where error.message.contains("in a row") {
                    continue
                }
            }
        }
    }

    @Test func closingEndsThePrograms() async throws {
        let process = try await Bench.with(["it": Bench.script("hostile.py", "none")]) { connections, _ in
            try #require(try await Self.process(of: connections))
        }
        #expect(kill(process, 0) == -1)
    }

    @Test func programsThatDoNotEndAreKilled() async throws {
        let process = try await Bench.with(["it": Bench.script("hostile.py", "freeze", timeoutMilliseconds: 20_000)]) {
            connections, _ in
            let process = try #require(try await Self.process(of: connections))
            let call = Task { try await connections.call("go") }
            while !Self.isStopped(process) { await Task.yield() }
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
            return process
        }
        #expect(kill(process, 0) == -1)
    }

    @Test("What a killed engine leaves running is found by its environment")
    func leftovers() async throws {
        try await Bench.with(["it": Bench.script("hostile.py", "none")]) { connections, bench in
            let process = try #require(try await Self.process(of: connections))
            #expect(try LeftoverProcesses.kill(below: bench.directory.path + "/mcp") == 1)
            while kill(process, 0) == 0 { await Task.yield() }
            var next: pid_t?
            do {
                next = try await Self.process(of: connections)
            } catch let error as SignalboxError where error.message.contains("ended by signal 9") {
                // The system had told of the end before the connection has heard of it: that call fails, the next does not.
                next = try await Self.process(of: connections)
            }
            #expect(try #require(next) != process)
        }
    }

    private static func process(of connections: MCPConnections) async throws -> pid_t? {
        try await connections.call("good").value.flatMap { pid_t($0.text.dropFirst("good by ".count)) }
    }

    private static func isStopped(_ process: pid_t) -> Bool {
        do {
            let text = String(decoding: try FileSystem.readToEnd("/proc/\(process)/stat"), as: UTF8.self)
            return text.contains(") T ")
        } catch {
            return false
        }
    }
}
