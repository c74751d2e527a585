internal import Core

/// The text of a document, in which any place can be told as line and column.
struct SourceText: Sendable {
    /// What messages call the document.
    let path: String
    /// The text without a byte order mark. Indices into it are what the YAML parser counts, too.
    let scalars: [Unicode.Scalar]
    private let lineStarts: [Int]

    init(path: String, text: String) {
        self.path = path
        let byteOrderMark: Unicode.Scalar = "\u{FEFF}"
        let scalars = Array(
            text.unicodeScalars.first == byteOrderMark ? text.unicodeScalars.dropFirst() : text[...].unicodeScalars)
        var lineStarts = [0]
        for (index, scalar) in scalars.enumerated() {
            let isBreak =
                scalar == "\n" || (scalar == "\r" && !(index + 1 < scalars.count && scalars[index + 1] == "\n"))
            if isBreak { lineStarts.append(index + 1) }
        }
        self.scalars = scalars
        self.lineStarts = lineStarts
    }

    /// Line and column of the character at that index, or of the end of the text.
    func place(at index: Int) -> Place {
        let line = lineNumber(at: index)
        return .source(file: path, line: line + 1, column: max(0, index - lineStarts[line]) + 1)
    }

    /// The line in which that index stands, counted from 1.
    func line(at index: Int) -> Int { lineNumber(at: index) + 1 }

    /// The text of the line in which that index stands, without its line break.
    func lineText(at index: Int) -> String {
        var text = String.UnicodeScalarView()
        for scalar in scalars[lineStarts[lineNumber(at: index)]...] {
            if scalar == "\n" || scalar == "\r" { break }
            text.append(scalar)
        }
        return String(text)
    }

    /// The text from the start of that index's line up to it.
    func textBefore(_ index: Int) -> String {
        let end = min(index, scalars.count)
        return String(String.UnicodeScalarView(scalars[min(lineStarts[lineNumber(at: index)], end)..<end]))
    }

    private func lineNumber(at index: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= index { low = middle } else { high = middle }
        }
        return low
    }
}
