import Core
import Engine
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1)))
struct HiddenCharactersTests {
    @Test(arguments: [
        ("\u{202E}txt.exe", "right-to-left override (U+202E)"), ("a\u{200B}b", "zero width space (U+200B)"),
        ("pass\u{200D}wd", "zero width joiner (U+200D)"), ("x\u{E0041}", "tag latin capital letter a (U+E0041)"),
    ])
    func areNamedBeforeAPersonAllowsACall(text: String, name: String) throws {
        let proposals: [JSON] = [
            ["tool": "write_file", "arguments": ["path": .string(text)]],
            ["tool": "write_file", "arguments": ["files": [["name": .string(text)]]]],
            .object(["tool": "write_file", "arguments": .object([text: 1])]),
        ]
        for proposal in proposals {
            #expect(try card(proposal).contains(name))
        }
    }

    @Test(arguments: ["report.txt", "👩\u{200D}💻", "می\u{200C}خواهم", "שלום", "a\nb\tc"])
    func ordinaryTextIsNotWarnedOf(text: String) throws {
        #expect(try !card(["tool": "write_file", "arguments": ["path": .string(text)]]).contains("not shown"))
    }

    private func card(_ proposal: JSON) throws -> String {
        let request = Samples.view(try Samples.request(.consent, proposal: proposal))
        return RequestCard.render(request, origin: "task", now: Samples.now).text
    }
}
