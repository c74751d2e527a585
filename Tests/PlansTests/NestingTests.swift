import Core
import Plans
import Testing

/// What the names of steps, and `item`, `index` and `previous`, stand for inside loops and branches.
@Suite(.timeLimit(.minutes(1)))
struct NestingTests {
    @Test func whatIsNeededInsideIsNeededByAllAround() throws {
        let plan = try plan(
            """
            name: p
            steps:
              each:
                for_each: ${{ steps.list.output.x }}
                steps:
                  local: { set: { x: 1 } }
                  route:
                    branch:
                      a:
                        when: steps.local.output.x > 0
                        steps:
                          deep: { set: { x: "${{ steps.base.output }}" }, needs: [late] }
                          other: { set: { x: "${{ steps.deep.output.x + steps.local.output.x + steps.inner.output.x }}" } }
                        output: ${{ steps.more.output }}
                  inner: { set: { x: 1 } }
              late: { set: { x: 1 } }
              base: { set: { x: 1 } }
              list: { set: { x: [1] } }
              more: { set: { x: 1 } }
            """)
        let steps = Dictionary(uniqueKeysWithValues: plan.allSteps.map { ($0.path, $0.step.needs) })
        #expect(steps["each"] == ["late", "base", "list", "more"])
        #expect(steps["each/route"] == ["local", "inner"])
        #expect(steps["each/route/a/deep"] == [])
        #expect(steps["each/route/a/other"] == ["deep"])
    }

    @Test func theSameNameInTwoBlocksIsTwoSteps() throws {
        let plan = try plan(
            """
            name: p
            steps:
              one:
                for_each: [1]
                steps: { read: { set: { x: 1 } }, use: { set: { x: "${{ steps.read.output }}" } } }
              two:
                for_each: [1]
                steps: { use: { set: { x: "${{ steps.read.output }}" } }, read: { set: { x: 1 } } }
            """)
        #expect(plan.allSteps.map(\.step.needs) == [[], [], ["read"], [], ["read"], []])
    }

    @Test func theNamesOfTheInnermostLoopAreKnown() throws {
        let text = """
            name: p
            steps:
              outer:
                for_each: [[1]]
                steps:
                  inner:
                    for_each: ${{ item }}
                    steps:
                      a:
                        branch: { x: { when: item > 0, steps: { b: { set: { x: "${{ [item, index, previous] }}" } } } } }
                        if: index == 0
                    output: ${{ item }}
            """
        #expect(mistakes(in: text) == [])
    }

    /// In line 5, column 12, inside a loop `each` over a list, after a step `first`; beside it are a step `out` and a
    /// loop `other` with a step `theirs`.
    private static func inside(_ expression: String, _ expected: String, loop: String = "for_each: [1]") -> Mistake {
        Mistake(
            """
            name: p
            steps: { out: { set: { x: 1 } }, each: { \(loop), steps: {
              first: { set: { x: 1 } }, second: { set: { x: '${{
              steps.first.output == null }}' } }, third: { if:
                true || \(expression), set: { x: 1 } } } },
              other: { for_each: { times: 2 }, steps: { theirs: { set: { x: 1 } }, nested: { for_each: [1], steps: {
                deepest: { set: { x: 1 } } } } } } }
            """, expected)
    }

    @Test(arguments: NestingTests.table)
    func eachMistakeIsToldWithItsPlace(mistake: Mistake) {
        #expect(mistakes(in: mistake.text) == [mistake.expected])
    }

    private static let table: [Mistake] = [
        inside("steps.theirs.output", "5:13 the step \"theirs\" is inside the loop \"other\""),
        inside("steps.deepest.output", "5:13 the step \"deepest\" is inside the loop \"other\""),
        inside(
            "steps.each.output",
            "5:13 the step \"each\" is around this place, and has no output before all in it has ended"),
        inside("steps.third.output", "5:13 the step \"third\" refers to its own output"),
        inside("steps.nobody.output", "5:13 there is no step \"nobody\""),
        inside(
            "item == 1", "5:13 this loop has no \"item\", because it does not go over a list",
            loop: "for_each: { times: 3 }"),
        inside(
            "previous == 1", "5:13 \"previous\" is not known where iterations run at the same time",
            loop: "for_each: [1], concurrency: 2"),
        inside(
            "true", "2:61 the step \"first\" is inside the loop, which has not begun when \"while\" is looked at",
            loop: "for_each: { while: steps.first.output, max_iterations: 2 }"),
        inside(
            "true", "2:61 this loop has no \"item\", because it does not go over a list",
            loop: "for_each: { while: item, max_iterations: 2 }"),
        Mistake(
            "name: p\nsteps:\n  a: { for_each: [1], steps: { a: { set: { x: 1 } } } }",
            "3:32 a step outside of this block has the name \"a\", too"),
        Mistake(
            "name: p\nsteps:\n  a: { set: { x: '${{ steps.c.output }}' } }\n  b: { for_each: [1], steps: { c: { set: { x: 1 } } } }",
            "3:23 the step \"c\" is inside the loop \"b\""),
        Mistake(
            "name: p\nsteps:\n  a: { set: { x: 1 }, needs: [c] }\n  b: { for_each: [1], steps: { c: { set: { x: 1 } } } }",
            "3:31 the step \"c\" is inside the loop \"b\""),
        Mistake(
            "name: p\nsteps:\n  b: { for_each: [1], steps: { c: { set: { x: 1 }, needs: [b] } } }",
            "3:60 the step \"b\" is around this place, and has no output before all in it has ended"),
        Mistake(
            """
            name: p
            steps:
              r: { branch: {
                a: { when: true, steps: { c: { set: { x: 1 } }, l: { for_each: [1], steps: { e: { set: { x: 1 } } } } } },
                b: { when: true, steps: { d: { set: { x: '${{ steps.c.output }}' } } } } } }
            """, "5:51 the step \"c\" is on another path of the branch"),
        Mistake(
            """
            name: p
            steps:
              r: { branch: {
                a: { when: true, steps: { l: { for_each: [1], steps: { e: { set: { x: 1 } } } } } },
                b: { when: true, steps: { d: { set: { x: '${{ steps.e.output }}' } } } } } }
            """, "5:51 the step \"e\" is on another path of the branch"),
        Mistake(
            """
            name: p
            steps:
              a: { for_each: [1], steps: { c: { set: { x: '${{ steps.b.output }}' } } } }
              b: { set: { x: '${{ steps.a.output }}' } }
            """, "3:3 steps wait for each other: a → b → a"),
        Mistake(
            """
            name: p
            steps:
              a: { for_each: [1], steps: { c: { set: { x: 1 }, needs: [d] }, d: { set: { x: 1 }, needs: [c] } } }
            """, "3:32 steps wait for each other: c → d → c"),
        Mistake(
            "name: p\nsteps:\n  a: { for_each: [1], steps: { c: { set: { x: 1 } } } }\noutputs: { x: '${{ steps.c.output }}' }",
            "4:20 the step \"c\" is inside the loop \"a\""),
        Mistake(
            "name: p\nagents: { g: { system: '${{ item }}' } }\nsteps:\n  a: { agent: g, prompt: x }",
            "4:15 in the system prompt of \"g\": \"item\" is known only inside loops"),
        Mistake(
            """
            name: p
            agents: { g: { system: '${{ steps.c.output }}' } }
            steps:
              a: { agent: g, prompt: x }
              b: { for_each: [1], steps: { c: { set: { x: 1 } }, d: { agent: g, prompt: x } } }
            """, "4:15 in the system prompt of \"g\": the step \"c\" is inside the loop \"b\""),
        Mistake(
            "name: p\nagents: { g: { system: '${{ steps.z.output }}' } }\nsteps:\n  a: { agent: g, prompt: x }\n  b: { agent: g, prompt: x }",
            "2:29 there is no step \"z\""),
    ]

    @Test func aPromptForStepsInLoopsMayKnowTheItem() throws {
        let plan = try plan(
            """
            name: p
            agents: { g: { system: "${{ item }} of ${{ steps.out.output }} and ${{ steps.c.output }}" } }
            steps:
              b: { for_each: [1], steps: { d: { agent: g, prompt: x }, c: { set: { x: 1 } } } }
              out: { set: { x: 1 } }
            """)
        #expect(plan.allSteps.map(\.step.needs) == [["out"], ["c"], [], []])
    }

    private static func nested(_ levels: Int) -> String {
        (1...levels).map { "s\($0): { for_each: [1], steps: { " }.joined() + "z: { set: { x: 1 } }"
            + String(repeating: " } }", count: levels)
    }

    @Test func blocksCanBeNestedEightLevels() throws {
        #expect(try plan("name: p\nsteps: { \(Self.nested(8)) }").allSteps.last?.depth == 8)
        let found = mistakes(in: "name: p\nsteps: { \(Self.nested(9)) }")
        #expect(found.map { $0.drop { $0 != " " } } == [" steps can be nested 8 levels deep"])
    }

    @Test func stepsOfAllDepthsCount() {
        let inner = (0..<999).map { "t\($0): { set: { x: 1 } }" }.joined(separator: ", ")
        let text = "name: p\nsteps:\n  a: { for_each: [1], steps: { \(inner) } }\n  b: { set: { x: 1 } }\n"
        #expect(mistakes(in: text) == ["3:3 a plan can have 1000 steps, not 1001"])
        #expect(mistakes(in: text.replacing("  b: { set: { x: 1 } }\n", with: "")) == [])
    }
}
