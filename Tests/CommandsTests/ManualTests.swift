import Core
import Runtime
import Testing

@testable import Commands

/// The manual page; e2e/test_install.py has groff read it.
@Suite(.timeLimit(.minutes(1)))
struct ManualTests {
    @Test(arguments: [
        ("a-b 'c' \"d\" `e", "a\\-b \\(aqc\\(aq \\(dqd\\(dq \\(gae"), (".begins", "\\&.begins"),
        ("back\\slash ~ ^", "back\\eslash \\(ti \\(ha"), ("Höfer …", "H\\[u00F6]fer \\[u2026]"),
        ("see `tasks show`.", "see \\fBtasks show\\fR."), ("two\nlines", "two lines"),
    ])
    func `nothing in a text means anything to troff`(_ text: String, _ written: String) {
        #expect(Troff.text(text) == written)
    }

    @Test func `it has all verbs, options, examples and settings`() {
        let page = ManualPage(verbs: VerbTable.syntaxes, settings: SettingTable.all).text
        for verb in VerbTable.syntaxes {
            #expect(page.contains("\n.SS \(Troff.argument("signalbox \(verb.name)\(verb.operands.text)"))\n"))
            for option in verb.options { #expect(page.contains("\n\(Troff.code(option.name))")) }
            for example in verb.examples { #expect(page.contains("\n\(Troff.code(example.call(of: verb)))\n")) }
        }
        for setting in SettingTable.all { #expect(page.contains("\n\(Troff.code(setting.variable))\n")) }
        #expect(page.utf8.allSatisfy { $0 < 0x80 })
    }
}
