import Core
import Testing

@testable import Commands

/// What shells are told of the verbs; e2e/test_completion.py asks the shells themselves.
@Suite(.timeLimit(.minutes(1)))
struct CompletionTests {
    @Test(arguments: [
        (OptionSyntax.configuration, Offer.file), (.data, .directory), (.json, .nothing), (.server, .nothing),
        (.value("--to", "PLACE", "").offering(["here", "there"]), .words(["here", "there"])),
    ])
    func `values are offered where they are known`(_ option: OptionSyntax, _ offer: Offer) {
        #expect(option.offer == offer)
    }

    @Test(arguments: [
        (VerbSyntax.Operands.none, Offer.nothing), (.one("FILE"), .file), (.words("PLAN"), .file),
        (.oneOrMore("NUMBER"), .nothing), (.two("NAME", "FILE"), .nothing),
    ])
    func `operands are offered where they are files`(_ operands: VerbSyntax.Operands, _ offer: Offer) {
        #expect(VerbSyntax(words: ["do"], summary: "", operands: operands, examples: []).operandOffer == offer)
    }

    @Test(arguments: Shell.allCases)
    func `every verb and option is in the script`(_ shell: Shell) {
        let script = shell.script(for: VerbTable.syntaxes)
        for verb in VerbTable.syntaxes {
            #expect(script.contains(verb.name))
            // fish writes an option without its dashes.
            for option in verb.options { #expect(script.contains(option.name.dropFirst(2))) }
        }
    }

    @Test(arguments: [
        (Shell.bash, "'it'\\''s \\'"), (.zsh, "'it'\\''s \\'"), (.fish, "'it\\'s \\\\'"),
    ])
    func `texts are quoted as the shell reads them`(_ shell: Shell, _ quoted: String) {
        #expect(shell.quoted("it's \\") == quoted)
    }

    @Test func `another shell is refused`() {
        let error = #expect(throws: SignalboxError.self) { _ = try VerbTable.call(["completion", "zhs"]) }
        #expect(error?.hint == "did you mean \"zsh\"?")
    }
}
