import Core
import TestSupport
import Testing

@testable import Runtime

/// The table of settings is what file, variables and documents go by.
@Suite(.timeLimit(.minutes(1)))
struct SettingTableTests {
    @Test func `the document shows the table as it is`() throws {
        let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
        let text = String(decoding: try FileSystem.read(root + "/docs/operations.md"), as: UTF8.self)
        #expect(text.contains("\n" + SettingTable.markdown + "\n"), "Put this into it:\n\(SettingTable.markdown)")
    }

    @Test func `no two settings share a name or a variable`() {
        #expect(Set(SettingTable.all.map(\.name)).count == SettingTable.all.count)
        #expect(Set(SettingTable.all.map(\.variable)).count == SettingTable.all.count)
    }

    @Test(arguments: SettingTable.all.filter { !$0.fallback.isNull && $0.fallback != "" })
    func `each default is a value that it can have`(setting: SettingDefinition) {
        #expect(setting.kind.value(setting.fallback) == setting.fallback)
        #expect(setting.kind.value(text: setting.kind.yaml(of: setting.fallback)) == setting.fallback)
    }

    @Test func `file and variables say what holds for agents`() throws {
        let directory = try TemporaryDirectory()
        try directory.write(
            "signalbox.yaml",
            """
            max_duration: 90
            turns: 7
            tool_calls: 0
            tokens: 5000
            cost: 0.50
            thinking: high
            loop_method: both
            loop_repeats: 3
            loop_check_every: 20
            loop_model: openai/small
            """)
        func agents(_ environment: [String: String] = [:]) throws -> AgentSettings {
            let settings = try Settings.resolve(Settings.Flags(data: directory.path), environment: environment)
            return settings.runtime(log: .silent).agents
        }
        var expected = AgentSettings(
            maxDurationMilliseconds: 90 * 60_000, turns: 7, toolCalls: 0, tokens: 5_000,
            cost: Money(dollars: "0.5"), loopRepeats: 3, loopCheckEvery: 20, loopMethod: .both,
            loopModel: "openai/small", thinking: .high)
        #expect(try agents() == expected)
        expected.turns = 9
        expected.tokens = nil
        expected.cost = nil
        #expect(try agents(["SIGNALBOX_TURNS": "9", "SIGNALBOX_TOKENS": "none", "SIGNALBOX_COST": "none"]) == expected)
        FileSystem.remove(directory.path + "/signalbox.yaml")
        #expect(try agents() == AgentSettings())
    }

    @Test func `hosts that files may be fetched from are a list`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("signalbox.yaml", "private_hosts: \"10.0.0.0/8, *.intranet.example\"\n")
        func hosts(_ environment: [String: String] = [:]) throws -> [NetworkPattern] {
            let settings = try Settings.resolve(Settings.Flags(data: directory.path), environment: environment)
            return settings.runtime(log: .silent).privateHosts
        }
        #expect(try hosts() == ["10.0.0.0/8", "*.intranet.example"].map(NetworkPattern.init(parsing:)))
        #expect(try hosts(["SIGNALBOX_PRIVATE_HOSTS": "::1"]) == [try NetworkPattern(parsing: "::1")])
        #expect(try hosts(["SIGNALBOX_PRIVATE_HOSTS": "none"]).isEmpty)
    }

    @Test(arguments: [
        ("turns", "0"), ("turns", "many"), ("turns", "1.5"), ("max_duration", "1441"), ("loop_repeats", "21"),
        ("loop_check_every", "51"), ("loop_method", "guess"), ("thinking", "deep"), ("cost", "-1"), ("cost", "1e3"),
        ("tokens", "0"), ("tool_calls", "-1"), ("user", "expiry"), ("user", "an\u{202E}na"), ("user", "a\tb"),
        ("retention.days", "0"), ("port", "65536"),
        ("private_hosts", "10.0.0.0/8, a b"), ("private_hosts", "10.0.0.0/8,"),
    ])
    func `what is out of range is refused`(name: String, text: String) throws {
        let setting = try SettingTable.require(name)
        #expect(setting.kind.value(text: text) == nil)
        let error = #expect(throws: SignalboxError.self) {
            try Settings.resolve(Settings.Flags(data: "/nonexistent"), environment: [setting.variable: text])
        }
        #expect(error?.message == "\(setting.variable) must be \(setting.rule).")
    }
}
