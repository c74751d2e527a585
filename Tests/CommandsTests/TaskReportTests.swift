import Core
import Testing

@testable import Client
@testable import Commands

/// What is said of a task at its end.
@Suite(.timeLimit(.minutes(1)))
struct TaskReportTests {
    private let streams = Streams()

    @Test func `sums are told with those of the tasks that its steps have started`() throws {
        var object = Samples.summary()
        #expect(TasksShowVerb.figures(try TaskSummary(.object(object))).count == 1)
        object["with_children"] = ["tokens": ["input": 3_000], "cost": ["amount": "0.25"]]
        let lines = TasksShowVerb.figures(try TaskSummary(.object(object)))
        #expect(lines.count == 2)
        #expect(lines.last?.hasPrefix("with children: 3,000 tokens") == true)
        #expect(lines.last?.hasSuffix(", $0.25") == true)
        object["model_calls"] = 0
        #expect(TasksShowVerb.figures(try TaskSummary(.object(object))).count == 1)
    }

    @Test func `what is known of an unknown cost stands beside it`() throws {
        var object = Samples.summary()
        (object["model_calls"], object["cost"], object["known_cost"]) = (2, .null, ["amount": "0.0004"])
        object["with_children"] = ["tokens": ["input": 3_000], "cost": .null, "known_cost": ["amount": "0.00"]]
        let lines = TasksShowVerb.figures(try TaskSummary(.object(object)))
        #expect(lines.first?.hasSuffix(", cost unknown (at least $0.0004)") == true)
        #expect(lines.last?.hasSuffix(", cost unknown") == true)
        #expect(CostText.column(nil, known: Money(rawValue: 400_000)) == "≥ $0.0004")
        #expect(CostText.column(nil, known: nil) == "unknown")
    }

    @Test(arguments: [
        ("completed", ExitCode.completed), ("failed", .failed), ("cancelled", .cancelled), ("waiting", .waits),
    ])
    func `the status of a task is the exit code`(_ status: String, _ code: ExitCode) throws {
        let task = try Samples.details(status: status)
        #expect(TaskReport(task: task, address: nil, context: streams.context()).exitCode == code)
    }

    @Test func `what comes from outside cannot steer a terminal`() throws {
        let context = streams.context(isTerminal: true, environment: ["NO_COLOR": "1"])
        let task = try Samples.details(status: "completed", outputs: ["text": "a\u{1B}[2Jb\n\u{1B}]0;x\u{07}c"])
        TaskReport(task: task, address: nil, context: context).writeResult()
        #expect(streams.output == "a<U+001B>[2Jb\n<U+001B>]0;x<U+0007>c\n")
    }

    private static let outputs: JSON = [
        "text": "one\ntwo",
        "small": ["a": 1],
        "large": .array((0..<30).map { .int($0) }),
        "wide": .object(JSONObject((0..<30).map { ("m\($0)", .int($0)) })),
    ]

    @Test func `people get texts and small values in full, and where to see large ones`() throws {
        let context = streams.context(isTerminal: true, environment: ["NO_COLOR": "1"])
        let task = try Samples.details(status: "completed", outputs: Self.outputs)
        TaskReport(task: task, address: nil, context: context).writeResult()
        #expect(streams.output.contains("── text ──\none\ntwo\n"))
        #expect(streams.output.contains("── small ──\n{"))
        #expect(streams.output.contains("large: array with 30 elements, signalbox tasks show 7 --json\n"))
        #expect(streams.output.contains("wide: object with 30 members, signalbox tasks show 7 --json\n"))
        #expect(!streams.output.contains("── large"))
    }

    @Test func `programs get several outputs as one document`() throws {
        let task = try Samples.details(status: "completed", outputs: Self.outputs)
        TaskReport(task: task, address: nil, context: streams.context()).writeResult()
        #expect(try JSON(parsing: streams.output) == Self.outputs)
    }

    @Test func `files are named with their sizes, and with addresses when they are served`() throws {
        var task = try Samples.details(status: "completed")
        let hash = String(repeating: "ab", count: 32)
        func file(_ name: String, _ size: Int64) throws -> UploadedFile {
            try UploadedFile(["name": .string(name), "size": .int(size), "sha256": .string(hash)])
        }
        task.steps[0].files = [try file("report.md", 4_404)]
        task.steps[2].files = [try file("out/ä b.txt", 12), try file("report.md", 4_404)]
        let context = streams.context()
        #expect(
            TaskReport(task: task, address: nil, context: context).fileLines == [
                "files: report.md 4.3 KiB, out/ä b.txt 12 B"
            ])
        #expect(
            TaskReport(task: task, address: "http://h:1", context: context).fileLines == [
                "files:", "  report.md 4.3 KiB  http://h:1/api/files/\(hash)?name=report.md",
                "  out/ä b.txt 12 B  http://h:1/api/files/\(hash)?name=%C3%A4%20b.txt",
            ])
    }
}
