internal import Core
internal import Secrets

extension FuzzTarget {
    /// A text that comes in pieces is shown as the whole text is, and at no moment more of it. The first byte says how long
    /// the pieces are.
    static let streamedRedaction = FuzzTarget("streamed-redaction", bytesMaximum: 1 << 10) { bytes in
        let text = Array(Input.text(Array(bytes.dropFirst())).unicodeScalars)
        let size = Int(bytes.first ?? 0) % 16 + 1
        let redactor = Redactor(values: [("WORD", "correct-horse-battery"), ("LONGER", "correct-horse-battery-staple")])
        let whole = Array(redactor.redact(string(text[...])).utf8)
        var stream = StreamedRedaction(redactor)
        var shown: [UInt8] = []
        for start in stride(from: 0, to: text.count, by: size) {
            shown += (stream.take(string(text[start..<min(start + size, text.count)])) ?? "").utf8
            try require(whole.starts(with: shown), "a piece shows what the whole does not")
        }
        shown += (stream.finish() ?? "").utf8
        try require(shown == whole, "the pieces are not the whole")
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
