import Core
import Plans
import Testing

/// A text with one mistake, and what is said about it.
struct Mistake: Sendable, CustomTestStringConvertible {
    var text: String
    var expected: String

    init(_ text: String, _ expected: String) {
        self.text = text
        self.expected = expected
    }

    /// A mistake in a step, whose text begins in line 3 at column 7 of a plan with a step `a` and an input `n`.
    static func step(_ text: String, _ expected: String) -> Mistake {
        Mistake("name: p\ninputs: { n: 1 }\nsteps:\n  a: { set: { x: 1 } }\n  b: \(text)\n", expected)
    }

    /// A mistake beside the steps, whose text begins in line 4.
    static func top(_ text: String, _ expected: String) -> Mistake {
        Mistake("name: p\nsteps:\n  a: { set: { x: 1 } }\n\(text)\n", expected)
    }

    var testDescription: String { expected }
}

@Suite(.timeLimit(.minutes(1)))
struct PlanMistakesTests {
    @Test func allMistakesAreToldAtOnce() throws {
        let text = """
            name: 9lives
            descripton: Wrong key
            agents:
              clerk: { model: gpt }
            inputs:
              limit: { type: integer, default: many }
            limits: { duration: 10 minutes }
            steps:
              read:
                command: "cat ${{ inputs.limit }}"
                timeout: 0s
              total:
                set: { sum: "${{ steps.raed.output }}" }
                needs: [write]
              write:
                agent: clark
                prompt: |
                  All about
                    ${{ inputs.limit }} and ${{ inputs.lmit }}
                needs: [total]
              call: { http: { method: FETCH, url: "ftp://x" } }
            """
        let error = try failure { try plan(text) }
        #expect(error.message == "plan.yaml has 13 mistakes")
        #expect(
            error.description == """
                plan.yaml has 13 mistakes
                plan.yaml:1:7: "9lives" cannot be the name of a plan
                    hint: a name starts with a letter and has up to 64 letters, digits, - and _
                plan.yaml:2:1: a plan has no key "descripton"
                    hint: did you mean "description"?
                plan.yaml:4:19: "gpt" does not name a model
                    hint: write provider/model, such as openai/gpt-5-mini, or script/FILE
                plan.yaml:6:36: the default of "limit" is not an integer: "many"
                plan.yaml:7:21: "duration" is not a duration between 1ms and 366 days: "10 minutes"
                    hint: write a number and a unit: 500ms, 10s, 5m, 1h30m or 2d
                plan.yaml:10:19: an expression cannot stand in the text of a command or program
                    hint: what the value contains would run as code; pass it by "stdin", "env" or as an argument
                plan.yaml:11:14: "timeout" is not a duration between 1ms and 366 days: "0s"
                    hint: write a number and a unit: 500ms, 10s, 5m, 1h30m or 2d
                plan.yaml:12:3: steps wait for each other: total → write → total
                    hint: an arrow means "needs"; take one of them away
                plan.yaml:13:22: there is no step "raed"
                    hint: did you mean "read"?
                plan.yaml:16:12: there is no agent "clark"
                    hint: did you mean "clerk"?
                plan.yaml:19:37: there is no input "lmit"
                    hint: did you mean "limit"?
                plan.yaml:21:27: there is no method "FETCH"
                    hint: did you mean "PATCH"?
                plan.yaml:21:39: a URL starts with https:// or http://
                """)
    }

    /// What the parser of expressions says is put where the expression stands in the file.
    @Test(arguments: [
        ("x: '${{ 1 + }}'", "4:15"), ("x: '${{ sise([1]) }}'", "4:11"),
        ("x: \"\\u00e9 ${{ 'a'.matches('(') }}\"", "4:22"),
        ("x: |\n      one\n      ${{ true &&\n          sise([]) }}", "7:11"),
    ])
    func expressionsAreReportedInTheFile(text: String, place: String) {
        let found = mistakes(in: "name: p\nsteps: { a: { set: { x: 1 } } }\noutputs:\n  \(text)\n")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("\(place) ") == true, "\(found)")
    }

    @Test(arguments: [
        ("steps.read-all.output", "a name with a dash is written steps[\"read-all\"]"),
        ("steps.raed.output", "did you mean \"read\"?"),
        ("steps.read.total", "it has output, status, files and error; did you mean steps.read.output.total?"),
        ("steps[inputs.n]", "write steps.NAME.output, so that it is known what to wait for"),
        ("input.n", "did you mean \"inputs\"?"),
        ("inputs.m", "the inputs are: n"),
    ])
    func hintsSayWhatToDo(expression: String, hint: String) throws {
        let text = """
            name: p
            inputs: { n: x }
            steps: { read: { set: { x: 1 } }, read-all: { set: { x: 1 } } }
            outputs: { x: '${{ \(expression) }}' }
            """
        let error = try failure { try plan(text) }
        #expect(error.diagnostics.first?.hint == hint)
    }

    @Test(arguments: [
        "set: { x: ${{ inputs.n }} }", "if: ${{ inputs.n ? {'a': 1}.a : 2 }}", "set: { x: ${{ [1, 2] }} }",
        "stdin: ${{ {\"a\": 1} }}",
    ])
    func expressionsThatYAMLMisreadsGetTheHintToQuoteThem(text: String) throws {
        let error = try failure { try plan("name: p\nsteps:\n  a:\n    \(text)\n") }
        #expect(error.diagnostics.contains { $0.hint?.contains("in quotes") == true }, "\(error)")
    }

    @Test(arguments: [
        "[1].map(item, item + 1)", "steps[\"read-all\"].output", "has(steps.a.output.x) ? int(inputs.n) : 1",
        "type(1) == int", "cel.bind(x, 1, x + 1)", "task.files.map(f, f.name)", "inputs", "timestamp(task.created)",
        "[1, 2].filter(i, i > inputs.n).size()", "optional.of(1).value()", "steps.a.output.?x.orValue(3)",
    ])
    func validExpressionsHaveNoMistakes(expression: String) {
        let text = """
            name: p
            inputs: { n: 1 }
            steps: { a: { set: { x: 1 } }, read-all: { set: { x: 1 } } }
            outputs:
              x: |
                ${{ \(expression) }}
            """
        #expect(mistakes(in: text) == [])
    }

    @Test(arguments: PlanMistakesTests.table)
    func eachMistakeIsToldWithItsPlace(mistake: Mistake) {
        #expect(mistakes(in: mistake.text) == [mistake.expected])
    }

    private static let table: [Mistake] = documents + steps + references + values

    private static let documents = [
        Mistake("", "1:1 the document is empty"),
        Mistake("- a", "1:1 a plan must be a mapping, not a list"),
        Mistake("steps: { a: { set: { x: 1 } } }", "1:1 the plan has no \"name\""),
        Mistake("name: p", "1:1 the plan has no \"steps\""),
        Mistake("name: p\nsteps: {}", "2:1 a plan needs at least one step"),
        Mistake("name: p\nsteps:", "2:1 a plan needs at least one step"),
        Mistake("name: p\nsteps: [a]", "2:8 \"steps\" must be a mapping from name to step, not a list"),
        .top("name2: x", "4:1 a plan has no key \"name2\""),
        .top("name: x", "4:1 the key \"name\" stands twice"),
        .top("description: [x]", "4:14 \"description\" must be a text, not a list"),
        .top("description: ${{ x }}", "4:14 \"description\" cannot hold expressions"),
        .top("outputs: 1", "4:10 \"outputs\" must be a mapping from name to output, not an integer"),
        .top("outputs: { a b: 1 }", "4:12 \"a b\" cannot be the name of an output"),
        .top("limits: { parallel_steps: 0 }", "4:27 \"parallel_steps\" must be between 1 and 1000"),
        .top("limits: { parallel_steps: many }", "4:27 \"parallel_steps\" must be a whole number, not a string"),
        .top("limits: { duration: true }", "4:21 \"duration\" must be a duration, not a boolean"),
        .top("limits: { duraton: 1h }", "4:11 \"limits\" has no key \"duraton\""),
        .top("agents: { c: { modl: a/b } }", "4:16 an agent has no key \"modl\""),
        .top("agents: { c: { model: script/x.yaml } }", "4:23 there is no file \"x.yaml\" beside the plan"),
        .top("agents: { c: { model: script/../x } }", "4:23 \"../x\" is not a path below the plan's directory"),
        .top("inputs: { n: strng }", "4:14 there is no type \"strng\""),
        .top("inputs: { n: { type: text } }", "4:22 there is no type \"text\""),
        .top("inputs: { n: }", "4:11 the input \"n\" says nothing"),
        .top("inputs: { n: \"${{ x }}\" }", "4:14 a default cannot hold expressions"),
        .top("inputs: { n: { default: 1, required: true } }", "4:38 an input with a default is not required"),
        .top("inputs: { n: { typ: string } }", "4:16 an input has no key \"typ\""),
    ]

    private static let steps = [
        Mistake.step("{ comand: [x] }", "5:8 a step has no key \"comand\""),
        .step("{ description: x }", "5:3 the step \"b\" does not say what it does"),
        .step("nothing", "5:6 the step \"b\" must be a mapping, not a string"),
        .step("{ set: { x: 1 }, command: [x] }", "5:23 the step \"b\" is both set and command"),
        .step("{ tool: search }", "5:14 \"search\" is no tool that a step can call"),
        .step("{ set: { x: 1 }, sensitive: true }", "5:23 this version does not know \"sensitive\" yet"),
        .step("{ steps: { c: { set: { x: 1 } } } }", "5:3 the step \"b\" does not say what it does"),
        .step("{ set: { x: 1 }, stdin: 1 }", "5:23 \"stdin\" belongs to command steps, and this is a set step"),
        .step("{ http: { url: 'http://x' }, body: 1 }", "5:35 \"body\" belongs inside \"http\""),
        .step("{ set: { x: 1 }, tiemout: 1s }", "5:23 a set step has no key \"tiemout\""),
        .step("{ set: {} }", "5:13 \"set\" sets nothing"),
        .step("{ set: 1 }", "5:13 \"set\" must be a mapping from name to value, not an integer"),
        .step("{ command: [] }", "5:17 \"command\" is empty"),
        .step("{ command: '' }", "5:17 \"command\" is empty"),
        .step("{ command: 1 }", "5:17 \"command\" must be a list or a text, not an integer"),
        .step("{ command: [x, [y]] }", "5:21 an argument must be a text, not a list"),
        .step("{ command: [x, ~] }", "5:21 an argument must be a text, not nothing"),
        .step(
            "{ command: [/bin/bash, -ec, 'echo ${{ inputs.n }}'] }",
            "5:40 an expression cannot stand in the text of a command or program"),
        .step(
            "{ command: [env, X=1, sh, -ce, 'echo ${{ inputs.n }}'] }",
            "5:43 an expression cannot stand in the text of a command or program"),
        .step(
            "{ command: [timeout, '5', bash, -c, -e, 'echo ${{ inputs.n }}'] }",
            "5:52 an expression cannot stand in the text of a command or program"),
        .step(
            "{ command: [/usr/bin/python3.11, -c, 'print(\"${{ inputs.n }}\")'] }",
            "5:51 an expression cannot stand in the text of a command or program"),
        .step("{ command: [x], env: { A-B: 1 } }", "5:29 \"A-B\" cannot be the name of an environment variable"),
        .step("{ command: [x], env: [A] }", "5:27 \"env\" must be a mapping from name to text, not a list"),
        .step("{ command: [x], files: [a/../b] }", "5:30 \"a/../b\" is not a path below the plan's directory"),
        .step(
            "{ command: [x], files: [/etc/passwd] }", "5:30 \"/etc/passwd\" is not a path below the plan's directory"),
        .step("{ command: [x], files: [x.py] }", "5:30 there is no file \"x.py\" beside the plan"),
        .step("{ command: [x], files: x.py }", "5:29 \"files\" must be a list of files, not a string"),
        .step(
            "{ command: [x], outputs: { files: [../x] } }",
            "5:41 \"../x\" is not a pattern of files below the task's directory"),
        .step("{ command: [x], outputs: { file: [x] } }", "5:33 \"outputs\" of a step has no key \"file\""),
        .step("{ http: { method: GET } }", "5:14 \"http\" needs a \"url\""),
        .step("{ http: { url: 'example.com/${{ inputs.n }}' } }", "5:21 a URL starts with https:// or http://"),
        .step("{ http: { url: 'http://x', headers: { 'a b': c } } }", "5:44 \"a b\" cannot be the name of a header"),
        .step("{ http: { url: 'http://x', method: post } }", "5:41 there is no method \"post\""),
        .step("{ agent: clerk, prompt: x }", "5:15 there is no agent \"clerk\""),
        .step("{ set: { x: 1 }, repeatable: yes }", "5:35 \"repeatable\" must be true or false, not a string"),
        .step("{ set: { x: 1 }, timeout: 30 }", "5:32 \"timeout\" is not a duration between 1ms and 366 days: \"30\""),
        .step("{ set: { x: 1 }, needs: a }", "5:30 \"needs\" must be a list of steps, not a string"),
        .step("{ set: { x: 1 }, needs: [c] }", "5:31 there is no step \"c\""),
        .step("{ set: { x: 1 }, needs: [b] }", "5:31 the step \"b\" needs itself"),
        .step("{ set: { x: 1 }, needs: [a, a] }", "5:34 \"a\" is needed twice"),
        .step("{ set: { x: 1 }, if: 3 }", "5:27 \"if\" must be an expression, not an integer"),
        .step("{ set: { x: 1 }, if: '${{ true }} ${{ false }}' }", "5:27 \"if\" must be one expression"),
        .step("{ set: { x: 1 }, if: ' ' }", "5:27 \"if\" is empty"),
        .step("{ set: { \"${{ inputs.n }}\": 1 } }", "5:15 a key cannot hold expressions"),
    ]

    private static let references = [
        Mistake.step("{ set: { x: '${{ inputs.m }}' } }", "5:23 there is no input \"m\""),
        .step("{ set: { x: 'a ${{ 1 }} ${{ input.n }}' } }", "5:34 there is no variable \"input\""),
        .step("{ set: { x: '${{ task.title }}' } }", "5:23 \"task\" has no \"title\""),
        .step("{ set: { x: '${{ steps.c.output }}' } }", "5:23 there is no step \"c\""),
        .step("{ set: { x: '${{ steps.a.x }}' } }", "5:23 a step has no \"x\""),
        .step("{ set: { x: '${{ steps }}' } }", "5:23 \"steps\" must be followed by the name of a step"),
        .step("{ set: { x: '${{ steps.b.output }}' } }", "5:23 the step \"b\" refers to its own output"),
        .step("{ set: { x: '${{ item }}' } }", "5:23 \"item\" is known only inside loops"),
        .step("{ set: { x: '${{ call }}' } }", "5:23 \"call\" is known only in the expression of \"consent\""),
        .step("{ set: { x: '${{ steps.a.error.text }}' } }", "5:23 the error of a step has no \"text\""),
        .step(
            "{ set: { x: '${{ secrets.key }}' } }",
            "5:23 secrets are known only where a step hands something to the world outside"),
        .step("{ set: { x: 1 }, if: inputs.m }", "5:27 there is no input \"m\""),
        .step("{ set: { x: '${{ }}' } }", "5:19 there is no expression between ${{ and }}"),
        .step("{ set: { x: 'abc ${{ inputs.n' } }", "5:23 the expression that starts here does not end"),
        .step("{ set: { x: \"\\t\\u00e9 ${{ inputs.m }}\" } }", "5:32 there is no input \"m\""),
        .step("{ set: { x: 'it''s ${{ inputs.m }}' } }", "5:29 there is no input \"m\""),
        .step(
            "\n    set:\n      x: >-\n        one\n        two\n\n        ${{ inputs.n +\n            inputs.m }}",
            "12:13 there is no input \"m\""),
        .top("outputs: { x: '${{ steps.b.output }}' }", "4:20 there is no step \"b\""),
        .top("agents: { c: { system: '${{ inputs.m }}' } }", "4:29 there is no input \"m\""),
        Mistake(
            """
            name: p
            steps:
              a: { set: { x: '${{ steps.c.output }}' } }
              b: { set: { x: '${{ steps.a.output }}' } }
              c: { set: { x: 1 }, needs: [b] }
            """,
            "3:3 steps wait for each other: a → c → b → a"),
        Mistake(
            "name: p\nagents: { c: { system: '${{ steps.a.output }}' } }\nsteps:\n  a: { agent: c, prompt: x }",
            "4:15 the system prompt of \"c\" refers to the output of the step \"a\" that uses it"),
    ]

    private static let values = [
        Mistake.top("outputs: { x: &a 1 }", "4:15 anchors (&a) are not supported"),
        .top("outputs: { x: *a }", "4:15 aliases (*a) are not supported"),
        .top("outputs: { x: !!str 1 }", "4:15 tags (!…) are not supported"),
        .top("outputs: { <<: { a: 1 } }", "4:12 merge keys (<<) are not supported"),
        .top("outputs: { x: .nan }", "4:15 .nan is not a number that JSON knows"),
        .top("outputs: { x: -.inf }", "4:15 -.inf is not a number that JSON knows"),
        .top("outputs: { x: {{ a: 1 }: b } }", "4:16 a key must be a text"),
        .top("outputs: { x: { \"\": b } }", "4:17 a key is empty"),
        .top("---\nname: q", "4:1 a second document starts here, but this file holds one"),
        .top("outputs:\n\tx: 1", "5:1 a tab stands where only spaces can"),
        .top("outputs: { x: 1", "5:1 a comma or \"}\" should stand here; the bracket was opened in line 4"),
        .top("outputs:\n  x: \"abc", "5:6 the quoted text that starts here does not end"),
        .top("outputs:\n  x: @a", "5:6 a text cannot start with \"@\""),
        .top("outputs:\n  x: a: b", "5:7 a colon and a space cannot stand inside an unquoted text"),
        .top("outputs:\n  x: 1\n y: 2", "6:2 this line does not fit what stands above it"),
        .top("outputs:\n  x: \"\\q\"", "5:7 no escape in double quotes is written like this"),
    ]
}
