internal import Core
internal import Secrets

extension FuzzTarget {
    /// What others wrote, from a place they chose, and instructions behind it: whatever is hidden of it, the marks around it
    /// and the instructions stay as they are.
    static let markedRedaction = FuzzTarget("marked-redaction", bytesMaximum: 1 << 10) { bytes in
        let (first, second) = Input.parts(bytes)
        let marked = MarkedData.wrap(Input.text(first), from: Input.text(second), callID: "call_1")
        guard let end = marked.split(separator: "\n").last else { return }
        let instructions = "\nNever promise a refund. -----END PRIVATE KEY-----\nAnswer in German: \"Danke\"."
        let shown = Redactor().redact("Read this.\n" + marked + instructions)
        try require(shown.hasPrefix("Read this.\n⟦data "), "the first mark is not what it was")
        try require(shown.hasSuffix("\n" + end + instructions), "the last mark or what follows is not what it was")
        let brackets = shown.unicodeScalars.filter { "⟦⟧".unicodeScalars.contains($0) }.map { $0 == "⟦" }
        try require(brackets == [true, false, true, false], "a bracket of a mark is missing")
    }
}
