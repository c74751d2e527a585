import Core
import Plans
import Testing

/// The fingerprint of a step is the same as long as nothing about the step has changed.
@Suite(.timeLimit(.minutes(1)))
struct FingerprintTests {
    private static let text = """
        name: p
        description: one
        agents:
          g: { model: script/g.yaml, system: Hello }
          h: { system: Hello }
        steps:
          loop: { for_each: [1], steps: { say: { agent: g, prompt: x }, run: { command: [x], files: [x.py] } } }
          ask: { agent: h, prompt: x }
          child: { task: parts/c.yaml }
          plain: { set: { x: 1 } }
        """
    private static let files = [
        "g.yaml": "answers: [{ text: a }]", "x.py": "1",
        "parts/c.yaml": "name: c\nsteps: { a: { command: [y], files: [y.py] } }", "parts/y.py": "1",
    ]

    private static func fingerprints(_ text: String, _ files: [String: String]) throws -> [String: ContentHash] {
        Dictionary(
            uniqueKeysWithValues: try plan(text, files: files).allSteps.map { ($0.path, $0.step.fingerprint) })
    }

    /// Which steps have another fingerprint after a change.
    private static func changed(_ text: String, _ files: [String: String] = files) throws -> [String] {
        let before = try fingerprints(Self.text, Self.files)
        let after = try fingerprints(text, files)
        #expect(before.count == after.count)
        return before.keys.filter { before[$0] != after[$0] }.sorted()
    }

    @Test(
        arguments: [
            ("description: one", "description: two", []),
            ("plain: { set: { x: 1 } }", "# a comment\n  plain: {  set:   { x: 1 } }", []),
            ("set: { x: 1 }", "set: { x: 2 }", ["plain"]),
            ("set: { x: 1 }", "set: { x: 1 }, timeout: 1s", ["plain"]),
            ("h: { system: Hello }", "h: { system: Goodbye }", ["ask"]),
            ("model: script/g.yaml, ", "model: a/b, ", ["loop", "loop/say"]),
            ("{ agent: g, prompt: x }", "{ agent: g, prompt: y }", ["loop", "loop/say"]),
            ("for_each: [1]", "for_each: [2]", ["loop"]),
        ] as [(String, String, [String])])
    func onlyStepsThatChangedHaveAnother(old: String, new: String, expected: [String]) throws {
        try #require(Self.text.contains(old))
        #expect(try Self.changed(Self.text.replacing(old, with: new)) == expected)
    }

    @Test(
        arguments: [
            ("g.yaml", "answers: [{ text: b }]", ["loop", "loop/say"]), ("x.py", "2", ["loop", "loop/run"]),
            ("parts/y.py", "2", ["child"]),
            ("parts/c.yaml", "name: d\nsteps: { a: { command: [y], files: [y.py] } }", ["child"]),
        ] as [(String, String, [String])])
    func filesBelongToTheStepsThatNameThem(file: String, contents: String, expected: [String]) throws {
        var files = Self.files
        files[file] = contents
        #expect(try Self.changed(Self.text, files) == expected)
    }
}
