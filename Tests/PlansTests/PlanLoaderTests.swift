import Core
import Plans
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct PlanLoaderTests {
    private static func text(files: String) -> String {
        "name: p\nsteps:\n  a:\n    command: [cat, plan/x]\n    files: [\(files)]\n"
    }

    @Test func loadsAPlanWithItsFiles() throws {
        let directory = try TemporaryDirectory()
        try directory.makeDirectory("lib")
        try directory.write("lib/a.py", "print(1)")
        try directory.write("plan.yaml", Self.text(files: "lib/a.py"))
        let plan = try PlanLoader.load("\(directory.path)/plan.yaml")
        #expect(plan.source.files == ["lib/a.py": "print(1)"])
        #expect(plan.source.path == "\(directory.path)/plan.yaml")
        #expect(plan.hash == plan.source.hash)
    }

    @Test(arguments: [("script/hi.yaml", ["hi.yaml"]), ("script/../out.yaml", []), ("openai/gpt-5", [])])
    func aScriptThatTakesThePlaceOfTheModelsComesAlong(model: String, files: [String]) throws {
        let directory = try TemporaryDirectory()
        try directory.write("hi.yaml", "answers: [{ text: Hi. }]")
        try directory.write("plan.yaml", "name: p\nsteps: { a: { set: { x: 1 } } }\n")
        let plan = try PlanLoader.load("\(directory.path)/plan.yaml", model: model)
        #expect(plan.source.files.keys.sorted() == files)
        #expect(try PlanLoader.load("\(directory.path)/plan.yaml").source.files.isEmpty)
    }

    @Test func thePlanItselfMayBeReachedByALink() throws {
        let directory = try TemporaryDirectory()
        try directory.write("real.yaml", Self.text(files: ""))
        try directory.makeLink("plan.yaml", to: "real.yaml")
        #expect(try PlanLoader.load("\(directory.path)/plan.yaml").name == "p")
    }

    @Test func filesThatCannotBeReadAreToldAtTheirPlace() throws {
        let directory = try TemporaryDirectory()
        try directory.makeDirectory("folder")
        try directory.makeLink("link", to: "/etc/passwd")
        try directory.makeLink("up", to: "..")
        try directory.makePipe("pipe")
        try directory.write("large", [UInt8](repeating: 0x78, count: Limits.planFileBytesMaximum + 1))
        try directory.write("binary", [0x61, 0x0A, 0x62, 0xFF])
        try directory.write(
            "plan.yaml", Self.text(files: "folder, link, up/x, pipe, large, binary, missing, folder/missing, ../x"))
        let error = try failure { try PlanLoader.load("\(directory.path)/plan.yaml") }
        #expect(error.code == .invalidPlan)
        #expect(
            error.diagnostics.map(\.message) == [
                "\"folder\": it is a directory",
                "\"link\": symbolic links are not followed",
                "\"up/x\": symbolic links are not followed",
                "\"pipe\": it is not a regular file",
                "\"large\": it is larger than 1048576 bytes",
                "\"binary\": it is not UTF-8 text (line 2, byte 2)",
                "there is no file \"missing\" beside the plan",
                "there is no file \"folder/missing\" beside the plan",
                "\"../x\" is not a path below the plan's directory",
            ])
        #expect(error.diagnostics.first?.place == .source(file: "\(directory.path)/plan.yaml", line: 5, column: 13))
    }

    @Test(arguments: [
        ("missing.yaml", SignalboxError.Code.notFound, "there is no such file"),
        ("folder", .invalidInput, "it is a directory"),
        ("pipe", .invalidInput, "it is not a regular file"),
        ("large.yaml", .invalidInput, "it is larger than 1048576 bytes"),
        ("latin.yaml", .invalidInput, "it is not UTF-8 text (line 1, byte 8)"),
    ])
    func aPlanThatCannotBeReadIsOneSentence(name: String, code: SignalboxError.Code, sentence: String) throws {
        let directory = try TemporaryDirectory()
        try directory.makeDirectory("folder")
        try directory.makePipe("pipe")
        try directory.write("large.yaml", [UInt8](repeating: 0x23, count: Limits.planBytesMaximum + 1))
        try directory.write("latin.yaml", Array("name: M".utf8) + [0xFC, 0x6C])
        let error = try failure { try PlanLoader.load("\(directory.path)/\(name)") }
        #expect(error.code == code)
        #expect(error.message == "\(directory.path)/\(name): \(sentence).")
    }
}
