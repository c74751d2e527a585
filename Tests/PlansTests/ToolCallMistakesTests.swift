import Core
import Plans
import Testing

/// What is found wrong with tool calls before there is one: in consents, and in the arguments of steps.
@Suite(.timeLimit(.minutes(1)))
struct ToolCallMistakesTests {
    private func consent(_ tool: String, _ expression: String) -> [String] {
        mistakes(
            in: """
                name: p
                inputs: { limit: 3 }
                agents:
                  a:
                    model: openai/m
                    tools:
                      - \(tool)
                        consent: \(JSON.string(expression).text)
                steps: { s: { agent: a, prompt: x } }
                """)
    }

    private static let lookup = """
        command: { name: lookup, description: d, run: [x], parameters: { type: object, properties: { number: { type: integer }, note: {} }, additionalProperties: false } }
        """

    @Test(arguments: [
        ("read_file:", "tool.name == 3", "8:19 this is always false: a string is compared with a number"),
        ("read_file:", "tool.nam == 'a'", "8:19 a call of a tool has no \"nam\""),
        ("read_file:", "tool.confidence > 'low'", "8:19 \">\" cannot compare a number with a string"),
        ("read_file:", "tool.reason.text == 'a'", "8:19 the reason of a call has no \"text\""),
        ("read_file:", "tool.arguments.file == 'a'", "8:19 the tool has no argument \"file\""),
        ("read_file:", "tool.arguments.offset > '1'", "8:19 \">\" cannot compare a number with a string"),
        ("read_file:", "tool.arguments.path", "8:19 \"consent\" must be true or false, not a string"),
        ("http: {}", "has(tool.arguments.body)", "8:23 the tool has no argument \"body\""),
        ("mcp: stock", "tool.name && true", "8:19 \"&&\" needs true or false, not a string"),
        ("read_file:", "tool.arguments.limit > inputs.limits", "8:42 there is no input \"limits\""),
    ])
    func `a consent that cannot be meant is told with its place`(tool: String, expression: String, expected: String) {
        #expect(consent(tool, expression) == [expected])
    }

    @Test func `arguments of a program are known by its schema`() {
        #expect(consent(Self.lookup, "tool.arguments.nummer == 3") == ["8:19 the tool has no argument \"nummer\""])
        #expect(
            consent(Self.lookup, "tool.arguments.number == '3'") == [
                "8:19 this is always false: a number is compared with a string"
            ])
        #expect(consent(Self.lookup, "tool.arguments.note == 3 && tool.arguments.number > 2.5") == [])
    }

    @Test(arguments: [
        ("http: { methods: [POST] }", "has(tool.arguments.body) || tool.arguments.?method.orValue('GET') == 'POST'"),
        ("mcp: stock", "tool.name == 'stock__reserve' && tool.arguments.number > 3"),
        ("read_file:", "tool.confidence == null || tool.confidence < 0.5"),
        ("list_files:", "tool.arguments.?path.orValue('').startsWith('in/')"),
        ("read_file:", "tool.arguments.?offset.orValue(1) > inputs.limit"), ("recall:", "true"),
        ("command:", "tool.arguments.arguments[0] == 'rm'"),
    ])
    func `one that may be meant is taken`(tool: String, expression: String) {
        #expect(consent(tool, expression) == [])
    }

    @Test(arguments: [
        ("read_file:", "tool.name == 'reed_file'", "\"tool.name\" is never \"reed_file\" here"),
        ("mcp: stock", "tool.name in ['stock__a', 'stok__b']", "\"tool.name\" is never \"stok__b\" here"),
        ("mcp: stock", "tool.name == 'reserve'", "\"tool.name\" is never \"reserve\" here"),
        ("mcp: { server: stock, only: [a] }", "tool.name != 'stock__b'", "\"tool.name\" is never \"stock__b\" here"),
    ])
    func `a consent that asks for a name which no tool can have is a mistake`(
        tool: String, expression: String, expected: String
    ) {
        #expect(consent(tool, expression).map { $0.drop { $0 != " " }.dropFirst() } == [expected[...]])
    }

    private static func agentConsent(_ names: String, _ tools: String) throws -> Plan {
        try plan(
            """
            name: p
            agents: { a: { model: openai/m, consent: [\(names)], tools: [\(tools)] } }
            steps: { s: { agent: a, prompt: x } }
            """)
    }

    @Test(arguments: [
        ("reed_file", "read_file, { mcp: stock }", "did you mean \"read_file\"?"),
        ("nomcp__x", "read_file, { mcp: stock }", "its tools are: read_file, stock__…"),
        ("stock__resreve", "{ mcp: stock, only: [reserve, count] }", "did you mean \"stock__reserve\"?"),
        ("http", "", "the agent has no tools"),
    ])
    func `the consent of an agent names tools that it may have`(name: String, tools: String, hint: String) throws {
        let error = try failure { try Self.agentConsent(name, tools) }
        #expect(error.diagnostics.map(\.message) == ["a tool in \"consent\" cannot be \"\(name)\""])
        #expect(error.diagnostics.map(\.hint) == [hint])
    }

    @Test(arguments: [
        ("stock__anything, read_file", "read_file, { mcp: stock }"),
        ("stock__reserve", "{ mcp: stock, only: [reserve] }"),
        ("stock__a_b_1d3e2a4c", "{ mcp: stock }"),
    ])
    func `what only the server knows is left to the run`(names: String, tools: String) throws {
        let agent = try #require(try Self.agentConsent(names, tools).agents.first)
        #expect(agent.namesInConsent == names.split(separator: ", ").map(String.init).sorted())
    }

    @Test func `tools of a server with a long name are known by its beginning`() throws {
        let server = "s" + String(repeating: "x", count: 60)
        let agent = try #require(try Self.agentConsent("", "{ mcp: \(server), consent: true }").agents.first)
        let name = ToolGrant.name(of: "reserve", on: server)
        #expect(name.utf8.count == 64)
        guard case .always? = agent.grant(of: name)?.consent else {
            Issue.record("its tools ask as the plan says")
            return
        }
        #expect(agent.grant(of: String(name.dropLast(20))) == nil)
    }

    private func step(_ text: String) -> [String] {
        mistakes(in: "name: p\ninputs: { n: 3, t: a }\nsteps:\n  a: { set: { x: 1 } }\n  b: { \(text) }\n")
    }

    @Test(arguments: [
        ("tool: read_file", ["5:14 the tool read_file: \"path\" is missing"]),
        (
            "tool: read_file, arguments: { path: in/a, ofset: 3 }",
            ["5:50 the tool read_file has no argument \"ofset\""]
        ),
        (
            "tool: read_file, arguments: { path: 3, offset: 0 }",
            [
                "5:44 the tool read_file: \"path\" must be a string, not an integer",
                "5:55 the tool read_file: \"offset\" must be at least 1, not 0",
            ]
        ),
        (
            "tool: read_file, arguments: { path: \"${{ inputs.n }}\", unit: words }",
            [
                "5:49 the tool read_file: \"path\" must be a string, not an integer",
                "5:69 the tool read_file: \"unit\" must be \"lines\" or \"bytes\", not \"words\"",
            ]
        ),
        (
            "tool: write_file, arguments: { path: a, contents: \"x ${{ inputs.t }}\" }",
            [
                "5:48 the tool write_file has no argument \"contents\"",
                "5:37 the tool write_file: \"content\" is missing",
            ]
        ),
        (
            "tool: read_file, arguments: { path: a, limit: \"${{ 'ten' }}\" }",
            ["5:59 the tool read_file: \"limit\" must be an integer, not a string"]
        ),
        (
            "tool: read_file, arguments: { path: a, limit: \"a ${{ inputs.n }}\" }",
            ["5:54 the tool read_file: \"limit\" must be an integer, not a string"]
        ),
        (
            "tool: read_file, arguments: { path: ../a }",
            ["5:44 the tool read_file: \"../a\" may lead out of the task's directory"]
        ),
        (
            "tool: list_files, arguments: { path: /etc }",
            ["5:45 the tool list_files: \"/etc\" is not below the task's directory"]
        ),
        (
            "tool: write_file, arguments: { path: ./, content: a }",
            ["5:45 the tool write_file: the path names no file"]
        ),
        ("tool: read_file, arguments: { path: '' }", ["5:44 the tool read_file: the path names no file"]),
        (
            "tool: write_file, arguments: { path: in/a, content: a }",
            [
                "5:45 the tool write_file: in/a cannot be written, for in/ and plan/ are not the task's own"
            ]
        ),
        (
            "tool: write_file, arguments: { path: .//plan, content: a }",
            [
                "5:45 the tool write_file: plan cannot be written, for in/ and plan/ are not the task's own"
            ]
        ),
    ])
    func `arguments of a built-in tool are checked as far as they are known`(text: String, expected: [String]) {
        #expect(Set(step(text)) == Set(expected))
    }

    @Test(arguments: [
        "tool: read_file, arguments: { path: in/a, offset: 2, limit: 10, unit: bytes }", "tool: list_files",
        "tool: list_files, arguments: { path: . }", "tool: list_files, arguments: { path: plan }",
        "tool: write_file, arguments: { path: inside/in, content: a }",
        "tool: write_file, arguments: { path: \"in/${{ inputs.t }}\", content: a }",
        "tool: read_file, arguments: { path: \"in/${{ inputs.t }}\", limit: \"${{ inputs.n }}\" }",
        "tool: read_file, arguments: \"${{ steps.a.output.x }}\"",
        "tool: write_file, arguments: { path: a, content: \"${{ steps.a.output.x }}\" }",
        "tool: stock/anything, arguments: { whatever: [1] }",
    ])
    func `what cannot be known is left to the run`(text: String) {
        #expect(step(text) == [])
    }

    @Test(arguments: [
        ("read_fil", "did you mean \"read_file\"?"), ("list_file", "did you mean \"list_files\"?"),
        ("http", "there is a kind of step for it: write http: instead"),
        ("search", "write SERVER/TOOL for a tool of an MCP server, or read_file, write_file or list_files"),
    ])
    func `a tool that there is not is told its neighbour`(tool: String, hint: String) throws {
        let error = try failure { try plan("name: p\nsteps: { a: { tool: \(tool) } }\n") }
        #expect(error.diagnostics.map(\.hint) == [hint])
    }

    @Test(arguments: [
        ("{ hosts: ['x.com:99999'] }", "\"x.com:99999\" is not a host"),
        ("{ hosts: ['*.*.com'] }", "\"*.*.com\" is not a host"),
        ("{ hosts: ['https://a.com'] }", "\"https://a.com\" is not a host"),
        ("{ hosts: [] }", "\"hosts\" names no host, so nothing could be reached"),
        ("{ methods: [] }", "\"methods\" names no method"),
        ("{ private: ['10.0.0.0/99'] }", "\"10.0.0.0/99\" is not a host"),
        ("{ private: [999.1.1.1] }", "\"999.1.1.1\" is not a host"),
    ])
    func `hosts that could not be read by the tool are mistakes`(options: String, expected: String) {
        let text = "name: p\nagents:\n  w:\n    model: a/b\n    tools: [{ http: \(options) }]\n"
        let found = mistakes(in: text + "steps: { a: { agent: w, prompt: Go. } }\n")
        #expect(found.count == 1 && found.first?.hasSuffix(" " + expected) == true, "\(found)")
    }

    @Test func `hosts that can be meant are taken`() {
        let options = "{ hosts: ['*', '*.a.com', 'a.com:8443', 10.1.2.3], private: [10.0.0.0/8, 10.1.2.3, a.lan] }"
        let text = "name: p\nagents:\n  w:\n    model: a/b\n    tools: [{ http: \(options) }]\n"
        #expect(mistakes(in: text + "steps: { a: { agent: w, prompt: Go. } }\n") == [])
    }

    @Test(arguments: [
        ("mcp: stock, optional: true", []),
        ("mcp: stock, optional: maybe", ["5:37 \"optional\" must be true or false, not a string"]),
        ("command: , optional: true", ["5:26 the tool \"command\" has no key \"optional\""]),
    ])
    func `only a server can be done without`(grant: String, expected: [String]) {
        let text = "name: p\nagents:\n  w:\n    model: a/b\n    tools: [{ \(grant) }]\n"
        #expect(mistakes(in: text + "steps: { a: { agent: w, prompt: Go. } }\n") == expected)
    }
}
