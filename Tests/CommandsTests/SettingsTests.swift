import Core
import Processes
import Runtime
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SettingsTests {
    @Test func `flags go before variables before the file before defaults`() throws {
        let directory = try TemporaryDirectory()
        try directory.write(
            "signalbox.yaml",
            """
            port: 1000
            default_model: file/m
            parallel_steps: 4
            providers: { file: { base_url: "http://f" }, env: { base_url: "http://e" }, flag: { base_url: "http://g" } }
            """)
        func resolve(_ flags: Settings.Flags, _ environment: [String: String] = [:]) throws -> Settings {
            var flags = flags
            flags.data = directory.path
            return try Settings.resolve(flags, environment: environment)
        }
        let file = try resolve(Settings.Flags())
        #expect(file.port == 1000 && file.defaultModel == "file/m" && file.parallelSteps == 4)
        let variables = ["SIGNALBOX_PORT": "2000", "SIGNALBOX_DEFAULT_MODEL": "env/m", "SIGNALBOX_PARALLEL_STEPS": ""]
        let environment = try resolve(Settings.Flags(), variables)
        #expect(environment.port == 2000 && environment.defaultModel == "env/m" && environment.parallelSteps == 4)
        let flags = try resolve(Settings.Flags(port: 3000, defaultModel: "flag/m"), variables)
        #expect(flags.port == 3000 && flags.defaultModel == "flag/m")
        let none = try Settings.resolve(Settings.Flags(data: "/nonexistent"), environment: [:])
        #expect(none.port == 7171 && none.defaultModel == nil)
    }

    @Test func `a model whose provider nobody knows is refused, and who named it is said`() throws {
        let directory = try TemporaryDirectory()
        func refusal(_ flags: Settings.Flags, _ environment: [String: String] = [:]) -> SignalboxError? {
            var flags = flags
            flags.data = directory.path
            return #expect(throws: SignalboxError.self) { try Settings.resolve(flags, environment: environment) }
        }
        let variable = refusal(Settings.Flags(), ["SIGNALBOX_LOOP_MODEL": "opnai/gpt-5-mini"])
        #expect(variable?.code == .configuration)
        #expect(variable?.message.hasPrefix("SIGNALBOX_LOOP_MODEL names a model that cannot be asked.") == true)
        #expect(variable?.hint?.hasPrefix("Known providers: anthropic, gemini, openai, script.") == true)
        #expect(refusal(Settings.Flags(defaultModel: "small"))?.message.hasPrefix("--default-model names") == true)
        #expect(refusal(Settings.Flags(), ["SIGNALBOX_DEFAULT_MODEL": "small"])?.code == .configuration)
        try directory.write("signalbox.yaml", "default_model: opnai/gpt-5-mini\n")
        #expect(
            refusal(Settings.Flags())?.diagnostics.map(\.place)
                == [.source(file: "\(directory.path)/signalbox.yaml", line: 1, column: 16)])
    }

    @Test func `the data directory comes from flag, variable, file or home`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("elsewhere.yaml", "data: /from/file\n")
        func path(_ flags: Settings.Flags, _ environment: [String: String]) throws -> String {
            try Settings.resolve(flags, environment: environment).directory.path
        }
        let named = Settings.Flags(configuration: "\(directory.path)/elsewhere.yaml")
        #expect(try path(named, [:]) == "/from/file")
        #expect(try path(named, ["SIGNALBOX_DATA": "/from/variable"]) == "/from/variable")
        #expect(try path(Settings.Flags(), ["HOME": "/home/ada"]) == "/home/ada/.local/share/signalbox")
    }

    @Test func `the sandbox is chosen by variable or file`() throws {
        let directory = try TemporaryDirectory()
        func mode(_ environment: [String: String]) throws -> String {
            let flags = Settings.Flags(data: directory.path)
            return try Settings.resolve(flags, environment: environment).sandbox.rawValue
        }
        #expect(try mode([:]) == "auto")
        try directory.write("signalbox.yaml", "sandbox: none\n")
        #expect(try mode([:]) == "none")
        #expect(try mode(["SIGNALBOX_SANDBOX": "bubblewrap"]) == "bubblewrap")
        #expect(throws: SignalboxError.self) { try mode(["SIGNALBOX_SANDBOX": "yes"]) }
        #expect(throws: SignalboxError.self) { try ConfigurationFile(text: "sandbox: true", path: "signalbox.yaml") }
    }

    @Test func `all mistakes of a file are told with their places`() throws {
        let text = """
            prot: 7171
            port: many
            parallel_steps: 0
            providers:
              local: { base_url: 3 }
              other: { key: { env: KEY }, colour: red }
            """
        let error = #expect(throws: SignalboxError.self) {
            _ = try ConfigurationFile(text: text, path: "signalbox.yaml")
        }
        #expect(error?.code == .configuration)
        #expect(
            error?.diagnostics.map { "\($0.place): \($0.message)" }.sorted() == [
                "signalbox.yaml:1:1: there is no key \"prot\" in the settings",
                "signalbox.yaml:2:7: \"port\" must be a whole number from 0 to 65535",
                "signalbox.yaml:3:17: \"parallel_steps\" must be a whole number from 1 to 1000",
                "signalbox.yaml:5:22: \"base_url\" must be a text",
                "signalbox.yaml:6:31: there is no key \"colour\" in the provider \"other\"",
                "signalbox.yaml:6:3: the provider \"other\" has no base_url",
            ])
    }

    @Test(arguments: ["", "# nothing\n", "null\n"])
    func `a file may say nothing`(_ text: String) throws {
        #expect(try ConfigurationFile(text: text, path: "signalbox.yaml").values.isEmpty)
    }

    @Test(arguments: ["[", "a: 1\na: 2\n", "- 1\n", "text"])
    func `a file that is no mapping is refused`(_ text: String) {
        let error = #expect(throws: SignalboxError.self) {
            _ = try ConfigurationFile(text: text, path: "signalbox.yaml")
        }
        #expect(error?.diagnostics.isEmpty == false)
    }

    @Test func `the file of a data directory cannot name another one`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("signalbox.yaml", "data: /elsewhere\n")
        #expect(throws: SignalboxError.self) {
            _ = try Settings.resolve(Settings.Flags(data: directory.path), environment: [:])
        }
    }
}
