import Core
import TestSupport
import Testing

@testable import Commands

/// What `doctor` says of settings, providers, prices, servers and the sandbox.
@Suite(.timeLimit(.minutes(1)))
final class DoctorCommandTests {
    private let directory: TemporaryDirectory
    private var data: String { directory.path + "/data" }
    private var settings: String { directory.path + "/settings.yaml" }

    init() throws {
        directory = try TemporaryDirectory()
        try FileSystem.createDirectory(directory.path + "/data")
    }

    deinit { FileSystem.remove(directory.path + "/data") }

    private func doctor(
        _ arguments: String..., environment: [String: String] = [:]
    ) async throws -> (code: ExitCode, findings: [String: String], text: String) {
        let streams = Streams()
        let variables = ["SIGNALBOX_DATA": data, "SIGNALBOX_SANDBOX": "none"].merging(environment) { $1 }
        let code = await SignalboxCommand.run(
            ["doctor", "--json"] + arguments, streams.context(environment: variables))
        var findings: [String: String] = [:]
        for finding in try JSON(parsing: streams.output)["findings"]?.arrayValue ?? [] {
            let words = ["name", "state", "detail", "hint"].map { finding[$0]?.stringValue ?? "" }
            findings[words[0]] = words.dropFirst().filter { !$0.isEmpty }.joined(separator: " | ")
        }
        return (code, findings, streams.output)
    }

    @Test func `providers are looked at, and no key is shown`() async throws {
        try directory.write("key", "the-key-in-a-file\n")
        try directory.write("broken", "not a key at all")
        try directory.write(
            "settings.yaml",
            """
            default_model: openai/gpt-5-mini
            providers:
              here: { base_url: "http://127.0.0.1:1/v1", key: { env: HERE_KEY } }
              elsewhere: { base_url: "http://127.0.0.1:1/v1", key: { env: ELSEWHERE_KEY } }
              file: { base_url: "http://127.0.0.1:1/v1", key: { file: key } }
              lost: { base_url: "http://127.0.0.1:1/v1", headers: { X-Pass: { file: nowhere } } }
              odd: { base_url: "http://127.0.0.1:1/v1", key: { file: broken } }
              open: { base_url: "http://127.0.0.1:1/v1" }
            """)
        let found = try await doctor("--config", settings, environment: ["HERE_KEY": "the-key-in-a-variable"])
        #expect(found.code == .failed)
        let address = "ok | http://127.0.0.1:1/v1"
        #expect(found.findings["provider here"] == "\(address), key from the environment variable HERE_KEY")
        #expect(found.findings["provider file"] == "\(address), key from the file \(directory.path)/key")
        #expect(found.findings["provider open"] == "\(address), without a key")
        #expect(
            found.findings["provider elsewhere"]?.hasPrefix(
                "warning | The environment variable ELSEWHERE_KEY is not set. | Set ELSEWHERE_KEY") == true)
        #expect(
            found.findings["provider openai"]?.hasPrefix("warning | The environment variable OPENAI_API_KEY") == true)
        #expect(found.findings["provider lost"]?.hasPrefix("failed | ") == true)
        #expect(found.findings["provider odd"]?.contains("holds is no key") == true)
        #expect(found.findings["provider anthropic"] == nil, "Nothing names it.")
        #expect(!found.text.contains("the-key-in") && !found.text.contains("not a key at all"))
    }

    @Test(arguments: ["prices.json", "prices.imported.json"])
    func `prices that cannot be read are told with their place`(name: String) async throws {
        let fine = try await doctor()
        #expect(fine.code == .completed)
        #expect(fine.findings["prices"] == "ok | those that came with the program")
        try directory.write("data/" + name, "{ \"models\": 3 }")
        let broken = try await doctor()
        #expect(broken.code == .failed)
        #expect(broken.findings["prices"]?.hasPrefix("failed | ") == true)
        #expect(broken.findings["prices"]?.contains(name) == true)
        #expect(broken.findings["prices"]?.hasSuffix("no engine starts.") == true)
    }

    @Test func `declared MCP servers are looked at, and none is started`() async throws {
        try directory.write(
            "settings.yaml",
            """
            mcp_servers:
              shell: { command: [sh, -c, "echo started > \(directory.path)/started"] }
              lost: { command: [no-such-program-anywhere] }
              place: { command: [sh], directory: /no/such/place }
              near: { command: [./server.py] }
              away: { url: "http://127.0.0.1:1/mcp", headers: { Authorization: { env: AWAY_TOKEN } } }
            """)
        let found = try await doctor("--config", settings)
        #expect(found.code == .failed)
        #expect(found.findings["MCP server shell"]?.hasSuffix("/sh") == true)
        #expect(found.findings["MCP server lost"]?.contains("\"no-such-program-anywhere\" was not found") == true)
        #expect(found.findings["MCP server place"]?.hasPrefix("failed | ") == true)
        #expect(found.findings["MCP server near"]?.contains("has a relative path, and nothing says from where") == true)
        #expect(found.findings["MCP server away"]?.hasPrefix("warning | The environment variable AWAY_TOKEN") == true)
        #expect(!FileSystem.exists(directory.path + "/started"))
    }

    @Test func `a settings file with mistakes is a finding, and the rest is looked at all the same`() async throws {
        try directory.write("data/signalbox.yaml", "providers:\n  lan: { base_url: 10.0.0.1/v1 }\n")
        let found = try await doctor()
        #expect(found.code == .failed)
        #expect(
            found.findings["settings"]?.hasPrefix(
                "failed | \(data)/signalbox.yaml:2:20: \"base_url\" must begin with https:// or http:// | write it")
                == true)
        #expect(found.findings["engine"] == "ok | none runs on it")
        let streams = Streams()
        let code = await SignalboxCommand.run(["tasks", "list", "--data", data], streams.context(environment: [:]))
        #expect(code == .badUse && streams.errors.contains("signalbox.yaml:2:20"))
    }

    @Test func `a directory that is not there yet has the same sandbox`() async throws {
        let auto = ["SIGNALBOX_SANDBOX": "auto"]
        let there = try await doctor(environment: auto)
        let fresh = try await doctor("--data", directory.path + "/fresh", environment: auto)
        #expect(fresh.findings["sandbox"] != nil)
        #expect(fresh.findings["sandbox"] == there.findings["sandbox"])
        #expect(!FileSystem.exists(directory.path + "/fresh"))
        #expect(try await doctor().findings["sandbox"]?.hasPrefix("ok | Commands run as a process group") == true)
    }
}
