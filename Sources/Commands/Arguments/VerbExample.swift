/// A call of a verb as somebody would type it, and what it does.
struct VerbExample: Sendable {
    /// What stands behind the words of the verb.
    var arguments: [String]
    /// One sentence without a full stop.
    var purpose: String

    init(_ arguments: [String], _ purpose: String) {
        self.arguments = arguments
        self.purpose = purpose
    }

    /// The whole call, quoted for a shell: `signalbox tasks show 7`
    func call(of syntax: VerbSyntax) -> String {
        (["signalbox"] + syntax.words + arguments).map(ShellWord.quoted).joined(separator: " ")
    }
}
