import CEL
import Core
import Plans
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LoopTests {
    /// A mistake in a step whose text begins in line 3 at column 7.
    private static func loop(_ text: String, _ expected: String) -> Mistake {
        Mistake("name: p\ninputs: { n: 1, list: [1], text: x, more: array }\nsteps:\n  b: \(text)\n", expected)
    }

    private static func loop(_ plan: Plan) throws -> LoopDefinition {
        guard case .forEach(let loop)? = plan.step(named: "each")?.kind else { throw NothingThrown() }
        return loop
    }

    @Test func aLoopOverAListIsRead() throws {
        let plan = try plan(
            """
            name: p
            inputs: { files: [] }
            steps:
              each:
                for_each: ${{ inputs.files }}
                concurrency: 4
                on_item_error: continue
                steps:
                  read: { set: { name: "${{ item.name }}", place: "${{ index }}" } }
                  book: { set: { all: "${{ steps.read.output }}" } }
                output: ${{ steps.book.output }}
              last: { set: { x: "${{ steps.each.output }}" } }
            """)
        let loop = try Self.loop(plan)
        guard case .list(.expression(let source)) = loop.source else { throw NothingThrown() }
        #expect(source.source == "inputs.files")
        #expect(loop.concurrency == 4)
        #expect(loop.continuesOnItemError)
        #expect(loop.body.steps.map(\.name) == ["read", "book"])
        #expect(loop.body.steps.map(\.needs) == [[], ["read"]])
        #expect(loop.body.output?.expressions.map(\.source) == ["steps.book.output"])
        #expect(plan.step(named: "last")?.needs == ["each"])
        #expect(plan.allSteps.map(\.path) == ["each", "each/read", "each/book", "last"])
        #expect(plan.allSteps.map(\.depth) == [0, 1, 1, 0])
    }

    @Test func whatIsNotSaidHasItsDefault() throws {
        let loop = try Self.loop(
            try plan("name: p\nsteps:\n  each: { for_each: [1, '${{ 2 }}'], steps: { a: { set: { x: 1 } } } }"))
        guard case .list(.array(let elements)) = loop.source else { throw NothingThrown() }
        #expect(elements.count == 2)
        #expect(loop.concurrency == 1)
        #expect(!loop.continuesOnItemError)
        #expect(loop.body.output == nil)
    }

    @Test func aNumberOfTimesIsRead() throws {
        for (written, expected) in [("3", "3"), ("0", "0"), ("'${{ 1 + 2 }}'", "1 + 2")] {
            let loop = try Self.loop(
                try plan(
                    "name: p\nsteps: { each: { for_each: { times: \(written) }, steps: { a: { set: { x: 1 } } } } }"))
            guard case .times(let times) = loop.source else { throw NothingThrown() }
            #expect((times.literalValue?.text ?? times.expressions.first?.source) == expected)
        }
    }

    @Test func aConditionIsRead() throws {
        let loop = try Self.loop(
            try plan(
                """
                name: p
                steps:
                  a: { set: { x: 1 } }
                  each:
                    for_each: { while: index < 3 && (previous == null || previous.go) && steps.a.output.x > 0, max_iterations: 10 }
                    steps: { b: { set: { go: "${{ index + (previous == null ? 1 : 2) }}" } } }
                """))
        guard case .condition(let condition, let maximum) = loop.source else { throw NothingThrown() }
        #expect(condition.source.hasPrefix("index < 3"))
        #expect(maximum == 10)
    }

    @Test(arguments: LoopTests.table)
    func eachMistakeIsToldWithItsPlace(mistake: Mistake) {
        #expect(mistakes(in: mistake.text) == [mistake.expected])
    }

    private static let body = "steps: { c: { set: { x: 1 } } }"

    private static let table: [Mistake] = [
        loop("{ for_each: [1] }", "4:8 the loop has no \"steps\""),
        loop("{ for_each: [1], steps: {} }", "4:23 the loop needs at least one step"),
        loop("{ for_each: [1], steps: }", "4:23 the loop needs at least one step"),
        loop("{ for_each: [1], steps: [c] }", "4:30 \"steps\" must be a mapping from name to step, not a list"),
        loop("{ for_each: inputs.list, \(body) }", "4:18 what \"for_each\" goes over must be a list, not a string"),
        loop("{ for_each: 3, \(body) }", "4:18 what \"for_each\" goes over must be a list, not an integer"),
        loop("{ for_each: , \(body) }", "4:18 what \"for_each\" goes over must be a list, not nothing"),
        loop(
            "{ for_each: 'a ${{ inputs.n }}', \(body) }",
            "4:18 what \"for_each\" goes over must be a list, not a string"),
        loop(
            "{ for_each: '${{ inputs.text }}', \(body) }",
            "4:23 what \"for_each\" goes over must be a list, not a string"),
        loop(
            "{ for_each: '${{ \"abc\" }}', \(body) }", "4:23 what \"for_each\" goes over must be a list, not a string"),
        loop(
            "{ for_each: '${{ {1: 2} }}', \(body) }", "4:23 what \"for_each\" goes over must be a list, not an object"),
        loop("{ for_each: {}, \(body) }", "4:18 \"for_each\" needs a list, \"times\" or \"while\""),
        loop("{ for_each: { times: 1, while: true }, \(body) }", "4:30 a loop has either \"times\" or \"while\""),
        loop("{ for_each: { time: 1, times: 1 }, \(body) }", "4:20 \"for_each\" has no key \"time\""),
        loop("{ for_each: { times: -1 }, \(body) }", "4:27 \"times\" must be between 0 and 1000000"),
        loop("{ for_each: { times: 1000001 }, \(body) }", "4:27 \"times\" must be between 0 and 1000000"),
        loop("{ for_each: { times: 1.5 }, \(body) }", "4:27 \"times\" must be a whole number, not 1.5"),
        loop("{ for_each: { times: '3' }, \(body) }", "4:27 \"times\" must be a whole number, not a string"),
        loop(
            "{ for_each: { times: '${{ inputs.text }}' }, \(body) }",
            "4:32 \"times\" must be a whole number, not a string"),
        loop(
            "{ for_each: { times: 2, max_iterations: 3 }, \(body) }",
            "4:30 \"max_iterations\" belongs to loops with \"while\""),
        loop("{ for_each: { while: true }, \(body) }", "4:20 a loop with \"while\" needs \"max_iterations\""),
        loop(
            "{ for_each: { while: true, max_iterations: 0 }, \(body) }",
            "4:49 \"max_iterations\" must be between 1 and 1000000"),
        loop(
            "{ for_each: { while: '\"yes\"', max_iterations: 3 }, \(body) }",
            "4:28 \"while\" must be true or false, not a string"),
        loop("{ for_each: [1], concurrency: 0, \(body) }", "4:36 \"concurrency\" must be between 1 and 1000"),
        loop(
            "{ for_each: [1], concurrency: all, \(body) }", "4:36 \"concurrency\" must be a whole number, not a string"),
        loop("{ for_each: [1], on_item_error: ignore, \(body) }", "4:38 \"on_item_error\" cannot be \"ignore\""),
        loop("{ for_each: [1], output: '${{ steps.d.output }}', \(body) }", "4:36 there is no step \"d\""),
        loop(
            "{ set: { x: 1 }, concurrency: 1 }",
            "4:23 \"concurrency\" belongs to for_each steps, and this is a set step"),
        loop(
            "{ for_each: [1], choose: x, \(body) }",
            "4:23 \"choose\" belongs to branch steps, and this is a for_each step"),
    ]
}
