import Core
import Plans
import TestSupport
import Testing

/// Plans that run other plans.
@Suite(.timeLimit(.minutes(1)))
struct ChildPlanTests {
    private static let child = """
        name: child
        inputs: { total: number, note: { type: string, required: false } }
        steps: { a: { command: [cat, plan/x.txt], files: [x.txt] } }
        """
    private static let files = ["parts/child.yaml": child, "parts/x.txt": "x"]

    private static func parent(_ step: String) -> String {
        "name: p\ninputs: { n: 1, text: x }\nsteps:\n  b: \(step)\n"
    }

    /// All mistakes with the file they stand in.
    private static func all(_ text: String, _ files: [String: String]) throws -> [String] {
        let error = try failure { try plan(text, files: files) }
        return error.diagnostics.map { "\($0.place) \($0.message)" }
    }

    @Test func savedPlansAreNamed() throws {
        let plan = try plan(Self.parent("{ task: other-plan, inputs: { total: '${{ inputs.n }}', x: [1] } }"))
        guard case .task(let child)? = plan.steps.first?.kind else { throw NothingThrown() }
        #expect(child.plan == .saved("other-plan"))
        #expect(child.inputs.map(\.name) == ["total", "x"])
        #expect(plan.steps.first?.isRepeatable == true)
    }

    @Test(arguments: ["parts/child.yaml", "child.yaml", "child.yml", "child.json", "a/b"])
    func filesAreKnownByTheirPath(path: String) throws {
        let text = "name: child\nsteps: { a: { set: { x: 1 } } }"
        let plan = try plan(Self.parent("{ task: \(path) }"), files: [path: text])
        guard case .task(let child)? = plan.steps.first?.kind else { throw NothingThrown() }
        #expect(child.plan == .file(path))
        #expect(plan.source.child(file: path) == PlanSource(path: path, text: text))
    }

    @Test func aChildHasTheFilesThatItNames() throws {
        let files = Self.files.merging(["y.txt": "y", "x.txt": "other"]) { first, _ in first }
        let plan = try plan(
            Self.parent(
                "{ task: parts/child.yaml, inputs: { total: '${{ inputs.n }}' } }"),
            files: files)
        let child = try #require(plan.source.child(file: "parts/child.yaml"))
        #expect(child.path == "parts/child.yaml")
        #expect(child.files == ["x.txt": "x"])
        #expect(try PlanReader.read(child).name == "child")
        #expect(plan.source.child(file: "parts/none.yaml") == nil)
    }

    @Test func filesOfFilesAreLoaded() throws {
        let directory = try TemporaryDirectory()
        try directory.makeDirectory("parts")
        try directory.makeDirectory("parts/deep")
        try directory.write("plan.yaml", Self.parent("{ task: parts/one.yaml }"))
        try directory.write("parts/one.yaml", "name: one\nsteps: { a: { task: deep/two.yaml } }")
        try directory.write(
            "parts/deep/two.yaml",
            "name: two\nagents: { g: { model: script/g.yaml } }\nsteps: { a: { agent: g, prompt: x } }")
        try directory.write("parts/deep/g.yaml", "answers: [{ text: hello }]")
        let plan = try PlanLoader.load("\(directory.path)/plan.yaml")
        #expect(plan.source.files.keys.sorted() == ["parts/deep/g.yaml", "parts/deep/two.yaml", "parts/one.yaml"])
        let one = try #require(plan.source.child(file: "parts/one.yaml"))
        #expect(one.path == "\(directory.path)/parts/one.yaml")
        #expect(one.files.keys.sorted() == ["deep/g.yaml", "deep/two.yaml"])
        #expect(one.child(file: "deep/two.yaml")?.files.keys.sorted() == ["g.yaml"])
    }

    @Test func mistakesInFilesOfFilesAreAdopted() throws {
        let found = try Self.all(
            Self.parent("{ task: parts/one.yaml }"),
            [
                "parts/one.yaml": "name: one\nsteps: { a: { task: two.yaml }, b: { task: two.yaml }, c: { sett: 1 } }",
                "parts/two.yaml":
                    "name: two\nagents: { g: { model: script/g.yaml } }\nsteps: { a: { command: [x], files: [y] } }",
                "parts/g.yaml": "answers: []",
            ])
        #expect(
            found == [
                "parts/two.yaml:3:37 there is no file \"y\" beside the plan",
                "parts/g.yaml:1:10 \"answers\" is empty",
                "parts/one.yaml:2:61 a step has no key \"sett\"",
            ])
    }

    @Test(arguments: ChildPlanTests.table)
    func eachMistakeIsToldWithItsPlace(mistake: Mistake) {
        #expect(mistakes(in: mistake.text, files: Self.files) == [mistake.expected])
    }

    private static func mistake(_ step: String, _ expected: String) -> Mistake { Mistake(parent(step), expected) }

    private static let table: [Mistake] = [
        mistake("{ task: no such }", "4:14 \"no such\" cannot be the name of a plan"),
        mistake("{ task: [a] }", "4:14 \"task\" must be a text, not a list"),
        mistake("{ task: '${{ inputs.text }}' }", "4:14 \"task\" cannot hold expressions"),
        mistake("{ task: other.yaml }", "4:14 there is no file \"other.yaml\" beside the plan"),
        mistake("{ task: ../up.yaml }", "4:14 \"../up.yaml\" is not a path below the plan's directory"),
        mistake("{ task: p, inputs: [1] }", "4:25 \"inputs\" must be a mapping from name to input, not a list"),
        mistake("{ set: { x: 1 }, inputs: {} }", "4:23 \"inputs\" belongs to task steps, and this is a set step"),
        mistake("{ task: parts/child.yaml }", "4:14 the plan \"child\" needs the input \"total\""),
        mistake(
            "{ task: parts/child.yaml, inputs: { total: 1, nota: x } }", "4:52 the plan \"child\" has no input \"nota\""
        ),
        mistake(
            "{ task: parts/child.yaml, inputs: { total: many } }",
            "4:49 the input \"total\" of the plan \"child\" must be a number, not a string"),
        mistake(
            "{ task: parts/child.yaml, inputs: { total: '${{ inputs.text }}' } }",
            "4:54 the input \"total\" of the plan \"child\" must be a number, not a string"),
        mistake(
            "{ task: parts/child.yaml, inputs: { total: 'a${{ inputs.n }}' } }",
            "4:49 the input \"total\" of the plan \"child\" must be a number, not a string"),
    ]

    @Test func plansThatRunEachOtherAreRefused() throws {
        let ring = try Self.all(
            Self.parent("{ task: one.yaml }"),
            [
                "one.yaml": "name: one\nsteps: { a: { task: parts/two.yaml } }",
                "parts/two.yaml": "name: two\nsteps: { a: { task: three.yaml } }",
                "parts/three.yaml": "name: two\nsteps: { a: { task: two.yaml } }",
            ])
        #expect(
            ring == [
                "plan.yaml:4:14 plans run each other without end: parts/three.yaml → parts/two.yaml → parts/three.yaml"
            ])
        let own = try Self.all(Self.parent("{ task: plan.yaml }"), ["plan.yaml": Self.parent("{ task: plan.yaml }")])
        #expect(own == ["plan.yaml:4:14 plans run each other without end: plan.yaml → plan.yaml"])
    }

    /// Each plan runs the next one twice: read once each, or two to the power of sixty times.
    @Test func plansThatAreNamedOftenAreReadOnce() throws {
        var files: [String: String] = ["f60.yaml": "name: last\nsteps: { a: { set: { x: 1 } } }"]
        for place in 0..<60 {
            let next = "{ task: f\(place + 1).yaml }"
            files["f\(place).yaml"] = "name: p\nsteps: { a: \(next), b: \(next) }"
        }
        #expect(try plan(Self.parent("{ task: f0.yaml }"), files: files).source.files.count == 61)
    }

    @Test func filesOfFilesCount() throws {
        let names = (0..<70).map { "t\($0)" }
        let child = "name: c\nsteps: { a: { command: [x], files: [\(names.joined(separator: ", "))] } }"
        let found = try Self.all(Self.parent("{ task: c.yaml }"), ["c.yaml": child])
        #expect(found == ["plan.yaml:1:1 a plan can bring 64 files along, not 71"])
    }
}
