import Core
import Testing

@testable import Engine

/// What a task is called may change at any time and changes nothing else.
@Suite(.timeLimit(.minutes(1)))
struct LabelTests {
    private static let plan = """
        steps: { a: { command: [x] }, b: { needs: [a], set: { n: "${{ task.name }}" } } }
        outputs: { name: "${{ steps.b.output.n }}" }
        """

    @Test(arguments: [
        (TaskLabels.TagChange.set(["b", "a", "b"]), ["b", "a"]), (.set([]), []),
        (.change(adding: ["y", "x", "z"], removing: []), ["x", "y", "z"]),
        (.change(adding: [], removing: ["x", "nothing"]), []), (.change(adding: ["x"], removing: ["x"]), ["x"]),
    ])
    func `Tags are set, added and taken away, none twice`(change: TaskLabels.TagChange, tags: [String]) {
        #expect(change.applied(to: ["x"]) == tags)
    }

    @Test
    func `A task is renamed and tagged while it runs and after its end`() throws {
        var task = try TestTask(Self.plan)
        try task.start("a")
        let status = task.state.status
        try task.handle(LabelTask(name: "June", tags: .set(["x", "y"]), by: "ada"))
        #expect(task.happened == ["task_renamed", "task_tagged"])
        #expect(task.state.labels == TaskLabels(name: "June", tags: ["x", "y"]))
        #expect(task.state.status == status && task.transition.actions.isEmpty)
        try task.complete("a")
        #expect(task.state.result == .completed)
        try task.handle(LabelTask(tags: .change(adding: ["z"], removing: ["x"])))
        #expect(task.happened == ["task_tagged"])
        #expect(task.state.labels.tags == ["y", "z"])
        #expect(task.state.result == .completed && task.machine.isIdle)
    }

    @Test func `Expressions see the name that it was created with`() throws {
        var task = try TestTask(Self.plan)
        try task.start("a")
        try task.handle(LabelTask(name: "June"))
        try task.complete("a")
        #expect(task.state.outputs == ["name": "a task"])
    }

    @Test func `What changes nothing is no event`() throws {
        var task = try TestTask(Self.plan)
        try task.handle(LabelTask(name: "a task", tags: .change(adding: ["x"], removing: ["y"])))
        #expect(task.happened.isEmpty)
        try task.handle(LabelTask())
        #expect(task.happened.isEmpty)
    }

    @Test func `Who has seen other labels is refused`() throws {
        var task = try TestTask(Self.plan)
        let seen = task.state.labels.version
        try task.handle(LabelTask(name: "June", seen: [seen]))
        let error = #expect(throws: SignalboxError.self) { try task.handle(LabelTask(name: "July", seen: [seen])) }
        #expect(error?.code == .preconditionFailed)
        #expect(task.state.labels.name == "June")
        try task.handle(LabelTask(name: "July", seen: [seen, task.state.labels.version]))
        #expect(task.state.labels.name == "July")
    }

    @Test func `A task has no more tags than it may have`() throws {
        var task = try TestTask(Self.plan)
        let many = (1...Limits.tagsMaximum).map { "t\($0)" }
        let error = #expect(throws: SignalboxError.self) {
            try task.handle(LabelTask(tags: .change(adding: many, removing: [])))
        }
        #expect(error?.code == .limit)
        #expect(task.state.labels.tags == ["x"])
        try task.handle(LabelTask(tags: .change(adding: many, removing: ["x"])))
        #expect(task.state.labels.tags == many)
    }

    @Test(
        arguments: [
            (.taskRenamed, ["name": 1]), (.taskRenamed, [:]), (.taskTagged, ["tags": "x"]),
            (.taskTagged, ["tags": ["x", 1]]),
        ] as [(EventKind, JSON)])
    func `An event that no version has written is refused`(kind: EventKind, payload: JSON) {
        let entry = JournalEntry(
            at: Timestamp(millisecondsSinceEpoch: 1), kind: kind, step: nil, run: nil, payload: payload)
        #expect(throws: JournalFormatError.self) { _ = try Event(entry) }
    }
}
