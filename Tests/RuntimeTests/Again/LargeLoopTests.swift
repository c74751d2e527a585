import Core
import Engine
import Plans
import Store
import Testing

@testable import Runtime

/// Of large loops a repetition and a comparison look at sums and at a few iterations: what they say is what looking at all
/// of them says.
@Suite(.timeLimit(.minutes(2)))
struct LargeLoopTests {
    private static let plan = PlanSource(
        path: "plan.yaml",
        text: """
            name: many
            inputs: {times: {type: integer, default: 1300}, add: {type: integer, default: 1}}
            steps:
              before: {set: {v: 1}}
              each:
                for_each: {times: "${{ inputs.times }}"}
                on_item_error: continue
                steps:
                  first: {set: {n: "${{ index % 400 == 7 ? 1 / (index - index) : index }}"}}
                  way:
                    branch:
                      even: {when: "index % 2 == 0", steps: {halve: {set: {n: "${{ steps.first.output.n / 2 }}"}}}}
                      odd: {when: "true", steps: {add: {set: {n: "${{ steps.first.output.n + inputs.add }}"}}}}
              after: {set: {count: "${{ size(steps.each.output) }}"}}
            """)

    private static func many(_ engine: Runtime, inputs: [String: JSON] = [:]) async throws -> TaskRow {
        var request = TaskRequest(plan: .source(plan))
        request.inputs = inputs
        let number = try await engine.submit(request).number
        #expect(try await engine.waitForEnd(of: number) == .completed)
        return try await engine.task("\(number)")
    }

    private static let changes: [(String, AgainRequest)] = {
        var added = AgainRequest.restart()
        added.inputs = ["add": 2]
        var edited = AgainRequest.restart()
        edited.outputs = ["each/900/first": ["n": 4]]
        return [
            ("nothing", .restart()), ("an iteration", .restart(from: "each/1200")),
            ("a step", .restart(from: "each/7/first")), ("a path", .restart(from: "each/1001/way/odd")),
            ("the loop", .restart(from: "each")), ("an input", added), ("an output", edited),
        ]
    }()

    @Test func `What is told of a repetition is what all iterations together say`() async throws {
        let engine = try await Directories.engine(try Directories.make())
        let task = try await Self.many(engine)
        for (what, request) in Self.changes {
            let told = try await engine.preview(task, request).plan
            let whole = try await engine.draft(task, request).plan
            #expect(told.reusedTotal == whole.reused.count, "\(what)")
            #expect(told.againTotal == whole.again.count, "\(what)")
            #expect(told.savedMilliseconds == whole.savedMilliseconds, "\(what)")
            #expect(Set(told.again).isSubset(of: Set(whole.again)), "\(what)")
            #expect(Set(told.reused).isSubset(of: Set(whole.reused)), "\(what)")
        }
        // What is named, and what failed, is listed wherever it stands.
        let one = try await engine.preview(task, .restart(from: "each/1200")).plan
        #expect(one.unlisted.reused > 0 && one.again.contains { $0.path.rawValue == "each/1200" })
        await engine.stopAtOnce()
    }

    @Test func `Rows and events say the same of every step`() async throws {
        let engine = try await Directories.engine(try Directories.make())
        let task = try await Self.many(engine)
        let origin = try await engine.origin(of: task)
        let events = try await engine.record(of: origin)
        var rows = try await RecordedRows(origin, isWhole: true, children: ChildrenCosts(), in: engine.store)
        try await rows.load(.fold(StepPath(rawValue: "each")), ReuseChanges(), from: engine.store)
        #expect(events.knownPaths.count > 5_000 && Set(events.knownPaths) == Set(rows.knownPaths))
        for path in events.knownPaths {
            let (left, right) = (events.step(path), rows.step(path))
            #expect(left?.status == right?.status && left?.cost == right?.cost, "\(path)")
            // Nothing is ever taken over by the path of a branch alone: events leave its time out.
            if !["even", "odd"].contains(path.name) { #expect(left?.milliseconds == right?.milliseconds, "\(path)") }
            #expect(events.path(ofBranch: path) == rows.path(ofBranch: path), "\(path)")
        }
        await engine.stopAtOnce()
    }

    @Test func `Many results are taken over as they were`() async throws {
        let engine = try await Directories.engine(try Directories.make())
        let task = try await Self.many(engine)
        let number = try await engine.restart(task, .restart(from: "each/1200/first")).number
        #expect(try await engine.waitForEnd(of: number) == .completed)
        let again = try await engine.task("\(number)")
        let reuse = try await engine.origin(of: again).reuse
        #expect(reuse.count > 1_200 && reuse[StepPath(rawValue: "each/1200/first")] == nil)
        for path in ["each/0", "each/299", "each/1299", "before"].map(StepPath.init(rawValue:)) {
            guard case .result(let result)? = reuse[path]?.content else {
                Issue.record("\(path) is not taken over")
                continue
            }
            let recorded = try await engine.recordedOutput(of: path, of: task)
            #expect(result.output == recorded, "\(path)")
        }
        let last = try await engine.recordedOutput(of: StepPath(rawValue: "after"), of: again)
        #expect(last == ["count": 1300])
        await engine.stopAtOnce()
    }

    @Test func `A second restart knows what the first took over`() async throws {
        let engine = try await Directories.engine(try Directories.make())
        let task = try await Self.many(engine)
        let number = try await engine.restart(task, .restart(from: "each/1200")).number
        #expect(try await engine.waitForEnd(of: number) == .completed)
        let again = try await engine.task("\(number)")
        for (what, request) in Self.changes where what != "a path" && what != "an output" && what != "a step" {
            let told = try await engine.preview(again, request).plan
            let whole = try await engine.draft(again, request).plan
            #expect(told.reusedTotal == whole.reused.count, "\(what)")
            #expect(told.againTotal == whole.again.count, "\(what)")
            #expect(told.savedMilliseconds == whole.savedMilliseconds, "\(what)")
        }
        await engine.stopAtOnce()
    }

    @Test func `A comparison shows the first iterations, and further ones when they are asked for`() async throws {
        let engine = try await Directories.engine(try Directories.make())
        let first = try await Self.many(engine)
        let second = try await Self.many(engine, inputs: ["times": 1200, "add": 2])
        let whole = try await engine.compare(first, second)
        let each = try #require(whole.steps.first { $0.path.rawValue == "each" })
        #expect(each.moreIterations == 1_250)
        #expect(each.verdict == .changed && each.output.isEmpty, "what it hands over is told by its iterations")
        let shown = whole.steps.filter { $0.path.parent?.rawValue == "each" }
        #expect(shown.map { String($0.path.name) } == (0..<50).map(String.init))
        #expect(
            whole.steps.map(\.path.rawValue).prefix(5) == ["before", "each", "each/0", "each/0/first", "each/0/way"])
        let changed = whole.steps.filter { $0.verdict == .changed && $0.path.name == "add" }
        #expect(changed.first?.output == [JSONDifference(pointer: "/n", before: 2, after: 3)])
        let count = try await engine.store.stepCount(of: first.number)
        #expect(whole.hiddenSteps == count - whole.steps.count, "the second has nothing that the first has not")
        let part = ComparedPart(loop: StepPath(rawValue: "each"), after: 1_195)
        let last = try await engine.compare(first, second, part: part)
        let iterations = last.steps.filter { $0.path.parent?.rawValue == "each" }
        #expect(iterations.count == 50 && last.moreIterations == 54)
        #expect(iterations.first?.path.rawValue == "each/1196" && iterations.last?.verdict == .onlyBefore)
        await engine.stopAtOnce()
    }

    @Test func `A loop that was taken over as a whole hands over the same`() async throws {
        let engine = try await Directories.engine(try Directories.make())
        let first = try await Self.many(engine)
        let number = try await engine.restart(first, .restart(from: "after")).number
        #expect(try await engine.waitForEnd(of: number) == .completed)
        let second = try await engine.task("\(number)")
        let loop = StepPath(rawValue: "each")
        for (old, new) in [(first, second), (second, first)] {
            let each = try #require(try await engine.compare(old, new).steps.first { $0.path == loop })
            #expect(each.before?.isReused != each.after?.isReused && each.moreIterations == 1_250)
            #expect(each.verdict == .same)
        }
        // Behind the last one there is nothing.
        let part = try await engine.compare(first, second, part: ComparedPart(loop: loop, after: 9_999))
        #expect(part.steps.isEmpty && part.moreIterations == 0)
        await engine.stopAtOnce()
    }

    @Test func `A loop that finds no place says how many iterations it has`() async throws {
        let engine = try await Directories.engine(try Directories.make())
        let text = """
            name: nested
            steps:
              outer: { for_each: { times: 40 }, steps: { inner: { for_each: { times: 30 }, steps: { a: { set: { v: 1 } } } } } }
            """
        let request = TaskRequest(plan: .source(PlanSource(path: "plan.yaml", text: text)))
        let number = try await engine.submit(request).number
        #expect(try await engine.waitForEnd(of: number) == .completed)
        let task = try await engine.task("\(number)")
        let steps = try await engine.compare(task, task).steps
        let last = try #require(steps.last { $0.path.name == "inner" })
        #expect(last.path.rawValue == "outer/39/inner" && last.moreIterations == 30)
        #expect(last.verdict == .same)
        await engine.stopAtOnce()
    }
}
