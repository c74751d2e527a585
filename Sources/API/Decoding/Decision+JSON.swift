internal import Core
internal import Engine
internal import Plans
internal import Runtime

extension Decision {
    /// Reads the body of `POST /api/approvals/{id}/decision`.
    /// - Parameter user: who decides when the body does not say.
    /// - Throws: `SignalboxError` with code `invalid_input` and all mistakes, each with its pointer.
    init(_ body: JSON, user: String) throws {
        var reader = try ObjectReader(body)
        let verdict = Self.verdict(&reader)
        let edits = reader.value("edits")
        let values = reader.object("values").map(JSON.object)
        let feedback = reader.string("feedback")
        let name = reader.string("by")
        if let name, !Settings.isUserName(name) {
            reader.add("\"by\" must be \(Settings.userNameRule)", at: "by")
        }
        try reader.finish()
        guard let verdict else { preconditionFailure("A decision without a verdict has a mistake.") }
        self.init(verdict, edits: edits, values: values, feedback: feedback, by: name ?? user)
    }

    private static func verdict(_ reader: inout ObjectReader) -> Verdict? {
        let words = Verdict.allCases.map(\.rawValue)
        guard let given = reader.value("verdict") else {
            reader.add("the member \"verdict\" is missing", at: "verdict", hint: "it is one of \(words.listed)")
            return nil
        }
        guard let word = given.stringValue, let verdict = Verdict(rawValue: word) else {
            reader.add(
                "there is no verdict \(given.text.prefix(40))", at: "verdict",
                hint: Suggestion.hint(for: given.stringValue ?? "", among: words, called: "the verdicts are"))
            return nil
        }
        return verdict
    }
}

extension [String] {
    fileprivate var listed: String { joined(separator: ", ") }
}
