import Core
import TestSupport
import Testing

@testable import Commands

/// `prices` as people call it.
@Suite(.timeLimit(.minutes(1)))
final class PricesCommandTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    deinit { FileSystem.remove(directory.path + "/prices.imported.json") }

    private func signalbox(_ arguments: String...) async -> (code: ExitCode, output: String, errors: String) {
        let streams = Streams()
        let code = await SignalboxCommand.run(
            arguments, streams.context(environment: ["SIGNALBOX_DATA": directory.path]))
        return (code, streams.output, streams.errors)
    }

    @Test func `a list says what models cost today`() async throws {
        let listed = await signalbox("prices", "list", "--provider", "script")
        #expect(listed.code == .completed)
        #expect(listed.output.contains("script/*"))
        #expect(listed.output.contains("1 model, dollars for a million tokens"))
        let json = try JSON(parsing: await signalbox("prices", "list", "--provider", "script", "--json").output)
        #expect(json["models"]?[0]?["today"]?["output"] == "5")
    }

    @Test func `a model is shown with its source`() async {
        let shown = await signalbox("prices", "show", "anthropic/claude-haiku-5-5")
        #expect(shown.code == .completed)
        #expect(shown.output.contains("https://platform.claude.com/docs/en/about-claude/pricing"))
        #expect(shown.output.contains("above 100,000"))
    }

    @Test(arguments: [
        ("openai/gtp-5-mini", "did you mean \"openai/gpt-5-mini\"?"),
        ("gpt-5-mini", "did you mean \"openai/gpt-5-mini\"?"), ("nowhere/none", "signalbox prices list"),
    ])
    func `a misspelt model is told its neighbour`(_ model: String, _ hint: String) async {
        let shown = await signalbox("prices", "show", model)
        #expect(shown.code == .badUse)
        #expect(shown.errors.contains(hint))
    }

    @Test(arguments: ["", "  ", String(repeating: "a", count: 101)])
    func `a name that no list may have is refused`(name: String) async throws {
        let entry = #"{"litellm_provider":"openai","input_cost_per_token":7e-06,"output_cost_per_token":8e-06}"#
        try directory.write("litellm.json", #"{"gpt-5":\#(entry)}"#)
        let refused = await signalbox("prices", "import", directory.path + "/litellm.json", "--name", name)
        #expect(refused.code == .badUse)
        #expect(refused.errors.contains("--name must be a name of 1 to 100 bytes"))
        #expect(!FileSystem.exists(directory.path + "/prices.imported.json"))
    }

    @Test(arguments: [
        (#"{"name":"own","models":{"#, ":1:25: error: Not valid JSON"), ("[1]", "#: error: The file"),
        (#"{"gpt-5":"#, ":1:10: error: Not valid JSON"),
        (#"{"name":"own","models":{"a/b":{"input":-1}}}"#, "#/models/a~1b/input: error: A price is a decimal"),
    ])
    func `mistakes of an import are told with the file and their place`(text: String, told: String) async throws {
        try directory.write("list.json", text)
        let refused = await signalbox("prices", "import", directory.path + "/list.json")
        #expect(refused.code == .badUse)
        #expect(refused.errors.hasPrefix(directory.path + "/list.json" + told), "\(refused.errors)")
    }

    @Test func `an import names the models that it leaves out, and why`() async throws {
        let entry = #"{"litellm_provider":"openai","input_cost_per_token":7e-06,"output_cost_per_token":8e-06}"#
        let odd = (1...12).map { #""odd\#($0)\u202E":{"litellm_provider":"acme","output_cost_per_image":1}"# }
        try directory.write("litellm.json", "{\"gpt-5\":\(entry),\(odd.joined(separator: ","))}")
        let file = directory.path + "/litellm.json"
        let imported = await signalbox("prices", "import", file)
        #expect(imported.output.contains("\n12 models left out:\n  odd1<U+202E> is not priced by tokens\n"))
        #expect(imported.output.contains("\n  and 2 more: --json names them all\n"))
        #expect(!imported.output.contains("odd11"))
        let json = try JSON(parsing: await signalbox("prices", "import", file, "--json").output)
        #expect(json["skipped"] == 12 && json["left_out"]?.arrayValue?.count == 12)
        #expect(json["left_out"]?[11] == ["model": "odd12\u{202E}", "reason": "is not priced by tokens"])
    }

    @Test func `an import goes before the shipped list and after one's own`() async throws {
        let entry = #"{"litellm_provider":"openai","input_cost_per_token":7e-06,"output_cost_per_token":8e-06}"#
        try directory.write("litellm.json", #"{"gpt-5":\#(entry),"acme/x":\#(entry)}"#)
        let file = directory.path + "/litellm.json"
        let imported = await signalbox("prices", "import", file, "--name", "mine")
        #expect(imported.code == .completed)
        #expect(imported.output.hasPrefix("Imported 2 models as mine to "))
        #expect(await signalbox("prices", "show", "openai/gpt-5").output.contains("in the list mine"))
        try directory.write("prices.json", #"{"name":"own","models":{"openai/gpt-5":{"input":"1","output":"1"}}}"#)
        #expect(await signalbox("prices", "show", "openai/gpt-5").output.contains("in the list own"))
        try FileSystem.writeAtomically(
            Array(#"{"name":"own","models":{"openai/gpt-5":{"inptu":"1"}}}"#.utf8), to: directory.path + "/prices.json")
        let refused = await signalbox("prices", "list")
        #expect(refused.code == .badUse)
        #expect(refused.errors.contains("did you mean \"input\"?"))
    }
}
