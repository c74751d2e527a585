import CEL
import Core
import HTTPClient
import MCP
import Plans
import Providers
import TestSupport
import Testing

@testable import Engine
@testable import Executors

/// Resources, prompts and progress of a server that is built with the official package, as agents have them.
@Suite(.timeLimit(.minutes(2)))
struct ServerOffersTests {
    private static let root = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }

    /// Starts the server as `it`, and gives the body its tools by the names that models call them.
    private func with(
        trusted: Set<String> = [], only: [String]? = nil, consent: AgentConsent? = nil, asks: ConsentRule? = nil,
        _ body: (ToolBench, [String: any Tool]) async throws -> Void
    ) async throws {
        let python = Self.root + "/.venv-mcp/bin/python3"
        guard FileSystem.exists(python) else {
            throw SignalboxError(.notFound, "There is no \(python).", hint: "Run scripts/setup test.")
        }
        let box = try await ToolBench()
        let servers = ToolServers(
            names: ["it"], trusted: trusted, client: HTTPClient(userAgent: "Signalbox/test"),
            directory: box.bench.directory.path + "/mcp", log: { _ in }
        ) { _ in
            MCPServerSettings(
                transport: .stdio(command: [python, Self.root + "/Tests/MCPTests/Servers/official.py", "stdio"]))
        }
        let source = ToolSource(builtIn: box.tools, servers: servers, memory: nil)
        var agent = AgentDefinition(name: "a", model: "lan/m", system: nil)
        agent.tools = [ToolGrant(.mcp(server: "it", only: only), consent: asks, place: .pointer(""))]
        agent.consent = consent
        do {
            let toolbox = try await source.toolbox(of: agent, memory: "p.a")
            let names = toolbox.declarations.map(\.name)
            let tools = names.compactMap { name in toolbox.tool(named: name).map { (name, $0) } }
            try await body(box, Dictionary(uniqueKeysWithValues: tools))
        } catch {
            await servers.close()
            throw error
        }
        await servers.close()
    }

    private static let offers = ["it__get_prompt", "it__list_prompts", "it__list_resources", "it__read_resource"]

    @Test func `a server's resources are listed and read as data of others`() async throws {
        try await with { box, tools in
            #expect(Set(Self.offers).isSubset(of: tools.keys))
            let list = try await box.call(try #require(tools["it__list_resources"]), [:])
            #expect(list.isFromNetwork && list.source == "MCP server it")
            let lines = list.text.split(separator: "\n").map(String.init)
            #expect(lines.count == 2)
            #expect(try JSON(parsing: lines[0])["uri"] == "note://first")
            #expect(try JSON(parsing: lines[1])["uri_template"] == "note://{name}/bytes")
            let read = try #require(tools["it__read_resource"])
            #expect(read.isRepeatable)
            let first = try await box.call(read, ["uri": "note://first"])
            #expect(first.text == "the first note" && first.isFromNetwork && !first.isError)
            #expect(first.value?["contents"]?[0]?["text"] == "the first note")
            let bytes = try await box.call(read, ["uri": "note://abc/bytes"])
            #expect(bytes.text == "[3 bytes of the type application/octet-stream, which models are not given]")
            let error = await #expect(throws: SignalboxError.self) { try await box.call(read, ["uri": "note://none"]) }
            #expect(error?.message.contains("\"note://none\" of the MCP server \"it\"") == true)
            let rest = try await box.call(try #require(tools["it__list_resources"]), ["offset": 3])
            #expect(rest.text == "There are no more resources." && rest.value?["total"] == 2)
        }
    }

    @Test func `a server's prompts are listed and filled in`() async throws {
        try await with { box, tools in
            let list = try await box.call(try #require(tools["it__list_prompts"]), [:])
            let prompt = try JSON(parsing: list.text)
            #expect(prompt["name"] == "greet" && prompt["description"] == "Greets.")
            #expect(prompt["arguments"]?[0]?["name"] == "name" && prompt["arguments"]?[0]?["required"] == true)
            let get = try #require(tools["it__get_prompt"])
            let text = try await box.call(get, ["name": "greet", "arguments": ["name": "Ada"]])
            #expect(text.text == "user:\nGreet Ada." && text.isFromNetwork)
            #expect(text.value?["messages"]?[0]?["role"] == "user")
        }
    }

    @Test func `only those that are named are given`() async throws {
        try await with(only: ["add", "read_resource"]) { _, tools in
            #expect(tools.keys.sorted() == ["it__add", "it__read_resource"])
        }
    }

    @Test func `consent to a tool that there is not stops the run before any call`() async throws {
        func refusal(
            only: [String]? = nil, _ names: Set<String>, _ expression: String = "true"
        ) async throws -> SignalboxError? {
            do {
                let asks = ConsentRule.when(try Expression(parsing: expression))
                try await with(only: only, consent: .tools(names), asks: asks) { _, _ in }
                return nil
            } catch let error as SignalboxError {
                return error
            }
        }
        let misspelt = try #require(try await refusal(["it__ad"]))
        #expect(misspelt.code == .notFound && misspelt.hint == "did you mean \"it__add\"?")
        #expect(misspelt.message.contains("The consent of the agent \"a\" names the tool \"it__ad\""))
        #expect(try await refusal(["other__add"])?.message.contains("other__add") == true)
        let compared = try await refusal([], "tool.name in ['it__add', 'it__coutn']")
        #expect(compared?.hint == "did you mean \"it__count\"?")
        // What the agent has not been given can be named all the same, and so can what reads resources.
        #expect(try await refusal(only: ["count"], ["it__add", "it__read_resource"], "tool.name == 'it__add'") == nil)
    }

    @Test(arguments: [Set<String>(), ["it"]])
    func `what a server says of its tools counts where it is trusted`(trusted: Set<String>) async throws {
        try await with(trusted: trusted, only: ["add", "fail"]) { _, tools in
            #expect(tools["it__add"]?.isRepeatable == trusted.contains("it"))
            #expect(tools["it__fail"]?.isRepeatable == false)
        }
    }

    @Test func `the progress of a call is kept with it, the last of it only`() async throws {
        try await with(only: ["count", "add"]) { box, tools in
            let counted = try await box.call(try #require(tools["it__count"]), ["to": 25])
            let progress = try #require(counted.trace?["progress"])
            #expect(progress["notes"] == 25)
            #expect(progress["latest"]?.arrayValue?.count == 20)
            #expect(
                progress["latest"]?.arrayValue?.last
                    == ["progress": 25.0, "total": 25.0, "percent": 100, "message": "step 25"])
            let added = try await box.call(try #require(tools["it__add"]), ["a": 1, "b": 2])
            #expect(added.trace == nil)
        }
    }
}
