import Core
import TestSupport
import Testing

@testable import Commands

/// Commands that a hint names find the place that was meant.
@Suite(.timeLimit(.minutes(1)))
struct FollowUpTests {
    @Test(arguments: [
        (
            ["tasks", "show", "9", "--data", "/d"], "`signalbox tasks list` shows",
            "`signalbox tasks list --data /d` shows"
        ),
        (["tasks", "show", "9", "--data=/a b"], "`signalbox tasks list`.", "`signalbox tasks list --data '/a b'`."),
        (
            ["tasks", "show", "9", "--server", "http://h:1"], "`signalbox tasks list` or `signalbox serve`",
            "`signalbox tasks list --server http://h:1` or `signalbox serve`"
        ),
        (
            ["run", "p", "--config", "/c.yaml", "--data", "/d"], "`signalbox serve`, or `signalbox tasks rerun 7`.",
            "`signalbox serve --data /d --config /c.yaml`, or `signalbox tasks rerun 7 --data /d --config /c.yaml`."
        ),
        (["tasks", "show", "9"], "`signalbox tasks list`", "`signalbox tasks list`"),
        (["tasks", "show", "9", "--data", "/d"], "`name` and `signalbox", "`name` and `signalbox"),
        (["tasks", "show", "9", "--data", "/d"], "`signalbox help`", "`signalbox help`"),
        (
            ["tasks", "show", "9", "--data", "/d"], "`signalbox serve --data DIR`", "`signalbox serve --data DIR`"
        ),
        (["nonsense"], "`signalbox tasks list`", "`signalbox tasks list`"),
    ])
    func `options are repeated where the command knows them`(arguments: [String], hint: String, expected: String) {
        #expect(FollowUp(arguments).completed(hint) == expected)
    }

    @Test func `what is printed is complete`() async throws {
        let directory = try TemporaryDirectory()
        try FileSystem.createDirectory(directory.path + "/data")
        defer { FileSystem.remove(directory.path + "/data") }
        let streams = Streams()
        let place = ["--data", directory.path + "/data"]
        let code = await SignalboxCommand.run(
            ["tasks", "show", "9"] + place, streams.context(environment: ["SIGNALBOX_SANDBOX": "none"]))
        #expect(code == .badUse)
        #expect(streams.errors.contains("`signalbox tasks list \(place.joined(separator: " "))`"))
        let fresh = ["--data", directory.path + "/fresh"]
        #expect(
            await SignalboxCommand.run(["doctor"] + fresh, streams.context(environment: ["SIGNALBOX_SANDBOX": "none"]))
                == .completed)
        #expect(streams.output.contains("The first `signalbox run --data \(directory.path)/fresh` or `signalbox serve"))
    }
}
