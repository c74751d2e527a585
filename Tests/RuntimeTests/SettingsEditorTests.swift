import Core
import TestSupport
import Testing

@testable import Runtime

/// One setting is changed, and nothing else in the file.
@Suite(.timeLimit(.minutes(1)))
struct SettingsEditorTests {
    private func edited(_ text: String, _ name: String, _ value: String) throws -> String {
        let setting = try SettingTable.require(name)
        let value = try #require(setting.kind.value(text: value))
        return try SettingsEditor.text(text, setting: setting, to: value, path: "signalbox.yaml")
    }

    @Test(arguments: [
        ("", "turns: 8\n"), ("# mine\n", "# mine\nturns: 8\n"), ("port: 1", "port: 1\nturns: 8\n"),
        ("turns: 5 # few\nport: 1\n", "turns: 8 # few\nport: 1\n"),
        ("port: 1\nturns:    5\n", "port: 1\nturns:    8\n"),
        ("{ turns: 5, port: 1 }\n", "{ turns: 8, port: 1 }\n"), ("\"turns\": 5\n", "\"turns\": 8\n"),
        ("turns: 8\n", "turns: 8\n"),
        ("default_model: openai/ß # é\nturns: 5\n", "default_model: openai/ß # é\nturns: 8\n"),
        ("providers:\n  a: { base_url: \"http://x\" }\n", "providers:\n  a: { base_url: \"http://x\" }\nturns: 8\n"),
        ("\u{FEFF}port: 1\r\nturns: 5\r\n", "port: 1\r\nturns: 8\r\n"),
    ])
    func `a setting is replaced, or put at the end`(before: String, after: String) throws {
        #expect(try edited(before, "turns", "8") == after)
    }

    @Test(arguments: [
        ("", "retention:\n  days: 9\n"), ("retention:\n  days: 5 # d\n", "retention:\n  days: 9 # d\n"),
        ("retention:\n    plans:\n      a: 1\nport: 1\n", "retention:\n    days: 9\n    plans:\n      a: 1\nport: 1\n"),
        ("retention: { plans: { a: 1 } }\n", "retention: { days: 9, plans: { a: 1 } }\n"),
    ])
    func `so is one inside another`(before: String, after: String) throws {
        #expect(try edited(before, "retention.days", "9") == after)
    }

    @Test(arguments: [
        ("default_model", "openai/gpt-5-mini", "default_model: openai/gpt-5-mini\n"),
        ("default_model", "none", "default_model: none\n"),
        ("user", "Ada Lovelace: #1 \"x\"", "user: \"Ada Lovelace: #1 \\\"x\\\"\"\n"),
        ("user", "true", "user: \"true\"\n"),
        ("user", "123", "user: \"123\"\n"), ("retention.days", "forever", "retention:\n  days: forever\n"),
        ("cost", "2", "cost: 2.00\n"), ("cost", "0.000001", "cost: \"0.000001\"\n"),
    ])
    func `values are written so that they are read as they were meant`(
        name: String, value: String, expected: String
    ) throws {
        #expect(try edited("", name, value) == expected)
    }

    @Test(arguments: [
        "{}\n", "port: 1\n...\n", "turns: &t 5\nloop_repeats: *t\n", "turns: [5]\n", "port: x\n", "a: [", "null\n",
    ])
    func `what only a person can change is left alone`(text: String) {
        let error = #expect(throws: SignalboxError.self) { try edited(text, "turns", "8") }
        #expect(error?.code == .configuration)
    }

    @Test func `the file is made, changed through links, and kept when there are mistakes`() throws {
        let directory = try TemporaryDirectory()
        func write(_ name: String, _ value: String, _ environment: [String: String] = [:]) throws -> Settings.Written {
            let flags = Settings.Flags(data: directory.path + "/data")
            return try Settings.resolve(flags, environment: environment)
                .write(name, value, environment: environment)
        }
        let path = directory.path + "/data/signalbox.yaml"
        #expect(try write("turns", "8").value == "8")
        #expect(FileSystem.permissions(path) == 0o600)
        #expect(try write("turns", "9", ["SIGNALBOX_TURNS": "7"]).overridingVariable == "SIGNALBOX_TURNS")
        try directory.write("elsewhere.yaml", "port: 1\n")
        FileSystem.remove(path)
        try directory.makeLink("data/signalbox.yaml", to: directory.path + "/elsewhere.yaml")
        _ = try write("turns", "10")
        #expect(try FileSystem.read(directory.path + "/elsewhere.yaml") == Array("port: 1\nturns: 10\n".utf8))
        for (name, value) in [
            ("turn", "8"), ("turns", "x"), ("data", "/x"), ("default_model", "gpt-5-mini"),
            ("default_model", "openai/"), ("loop_model", "opnai/gpt-5-mini"),
        ] {
            #expect(#expect(throws: SignalboxError.self) { try write(name, value) }?.code == .invalidInput)
        }
        #expect(try FileSystem.names(in: directory.path + "/data") == ["signalbox.yaml"])
    }

    @Test func `writers at the same time lose nothing`() async throws {
        let directory = try TemporaryDirectory()
        let names = ["turns", "tool_calls", "loop_repeats", "loop_check_every", "parallel_steps", "max_duration"]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in names {
                group.addTask {
                    try await onOwnThread("writer") {
                        let settings = try Settings.resolve(Settings.Flags(data: directory.path), environment: [:])
                        _ = try settings.write(name, "11", environment: [:])
                    }
                }
            }
            try await group.waitForAll()
        }
        let file = try ConfigurationFile.read(path: directory.path + "/signalbox.yaml")
        #expect(Set(file.values.keys) == Set(names))
    }

    private func without(_ text: String, _ name: String) throws -> String {
        try SettingsEditor.text(text, removing: try SettingTable.require(name), path: "signalbox.yaml")
    }

    @Test(arguments: [
        ("turns: 5\n", "turns", ""), ("# mine\nturns: 5 # few\nport: 1\n", "turns", "# mine\nport: 1\n"),
        ("port: 1\nturns: 5", "turns", "port: 1\n"), ("port: 1\n", "turns", "port: 1\n"), ("", "turns", ""),
        ("retention:\n  days: 5\nport: 1\n", "retention.days", "port: 1\n"),
        ("retention:\n  days: 5\n  plans:\n    a: 1\n", "retention.days", "retention:\n  plans:\n    a: 1\n"),
        ("retention:\n  days: 5\n\n# about ports\nport: 1\n", "retention.days", "\n# about ports\nport: 1\n"),
        ("retention:\n  plans:\n    a: 1\n", "retention.days", "retention:\n  plans:\n    a: 1\n"),
        ("user: \"é\"\r\nport: 1\r\n", "user", "port: 1\r\n"),
    ])
    func `a setting is taken out with its line`(before: String, name: String, after: String) throws {
        #expect(try without(before, name).hasSameBytes(as: after))
    }

    @Test(arguments: ["{ turns: 5, port: 1 }\n", "turns: &t 5\nloop_repeats: *t\n", "a: ["])
    func `what only a person can take out is left alone`(text: String) {
        let error = #expect(throws: SignalboxError.self) { try without(text, "turns") }
        #expect(error?.code == .configuration)
    }
}
