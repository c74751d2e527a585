import Core
import TestSupport
import Testing

@testable import Processes

/// Programs that cannot be started: each error names what is wrong.
@Suite(.timeLimit(.minutes(1)))
struct ChildProcessErrorTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("plain.txt", "echo hello")
        try directory.write("orphan", "#!/no/such/interpreter\n", mode: 0o755)
        try directory.write("text", "not a program", mode: 0o755)
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        var environment: [(name: String, value: String)] = []
        let code: SignalboxError.Code
        let fragment: String

        var testDescription: String { fragment }
    }

    static let refusals = [
        Refusal(arguments: [], code: .invalidInput, fragment: "needs the name of a program"),
        Refusal(
            arguments: ["no-such-program"], code: .notFound,
            fragment: "\"no-such-program\" was not found in /usr/local/bin:/usr/bin:/bin"),
        Refusal(
            arguments: ["sh"], environment: [("PATH", "/nowhere:relative")], code: .notFound,
            fragment: "\"sh\" was not found in /nowhere:relative"),
        Refusal(arguments: ["./missing"], code: .notFound, fragment: "/./missing\" does not exist"),
        Refusal(arguments: ["/"], code: .invalidInput, fragment: "is a directory"),
        Refusal(arguments: ["./plain.txt"], code: .invalidInput, fragment: "may not be executed"),
        Refusal(arguments: ["./orphan"], code: .notFound, fragment: "interpreter"),
        Refusal(arguments: ["./text"], code: .invalidInput, fragment: "neither a program"),
        Refusal(arguments: ["sh", "a\0b"], code: .invalidInput, fragment: "NUL"),
        Refusal(arguments: ["sh"], environment: [("A=B", "")], code: .invalidInput, fragment: "A=B"),
        Refusal(arguments: ["sh"], environment: [("A", "x\0")], code: .invalidInput, fragment: "variable A"),
        Refusal(
            arguments: ["sh", String(repeating: "x", count: 200_000)], code: .limit, fragment: "larger than the system"),
    ]

    @Test(arguments: refusals)
    func refuses(_ refusal: Refusal) async throws {
        var spec = ProcessSpec(arguments: refusal.arguments, directory: directory.path)
        spec.environment = refusal.environment
        let error = await #expect(throws: SignalboxError.self) { try await ChildProcess.run(spec) }
        #expect(error?.code == refusal.code)
        #expect(error?.message.contains(refusal.fragment) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        ("./missing", "is taken from where the program starts, "), ("/no/such/program", "Check the path."),
    ])
    func saysFromWhereAPathIsTaken(_ program: String, _ hint: String) async throws {
        let spec = ProcessSpec(arguments: [program], directory: directory.path)
        let error = await #expect(throws: SignalboxError.self) { try await ChildProcess.run(spec) }
        #expect(error?.hint?.contains(hint) == true)
    }

    @Test(arguments: ["/no/such/directory", "relative"])
    func refusesTheDirectory(_ path: String) async throws {
        let spec = ProcessSpec(arguments: ["true"], directory: path)
        let error = await #expect(throws: SignalboxError.self) { try await ChildProcess.run(spec) }
        #expect(error?.message.contains("\"\(path)\"") == true)
    }
}
