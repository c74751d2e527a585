/// A Swift file, read only as far as these tests need it.
struct SourceFile {
    let path: String
    let text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The modules it imports, with the line of each.
    var imports: [(module: String, line: Int)] {
        lines.enumerated().compactMap { number, line in
            let words = line.split(separator: " ")
            let attributes: Set<Substring> = [
                "public", "package", "internal", "fileprivate", "private", "@testable", "@preconcurrency",
            ]
            guard let place = words.firstIndex(of: "import"), words[..<place].allSatisfy(attributes.contains),
                place + 1 < words.count
            else { return nil }
            return (String(words[place + 1]), number + 1)
        }
    }

    /// Its words with what stands before and after each, outside of texts and comments when it is code that is asked for.
    func words(codeOnly: Bool) -> [(word: Substring, before: Character?, after: Character?, line: Int)] {
        var words: [(word: Substring, before: Character?, after: Character?, line: Int)] = []
        var isInText = false
        for (number, line) in lines.enumerated() {
            if codeOnly {
                let delimiters = line.ranges(of: "\"\"\"").count
                let wasInText = isInText
                if delimiters % 2 == 1 { isInText.toggle() }
                if wasInText || delimiters > 0 { continue }
            }
            let line = codeOnly ? Self.code(of: line) : line
            var place = line.startIndex
            while place < line.endIndex {
                guard line[place].isLetter || line[place] == "_" else {
                    place = line.index(after: place)
                    continue
                }
                let end = line[place...].firstIndex { !$0.isLetter && !$0.isNumber && $0 != "_" } ?? line.endIndex
                let before = place > line.startIndex ? line[line.index(before: place)] : nil
                words.append((line[place..<end], before, end < line.endIndex ? line[end] : nil, number + 1))
                place = end
            }
        }
        return words
    }

    /// The line without its texts and without its comment.
    private static func code(of line: Substring) -> Substring {
        var code = ""
        var isInText = false
        var previous: Character = " "
        for character in line {
            if character == "\"", previous != "\\" { isInText.toggle() }
            if !isInText, character == "/", previous == "/" { return Substring(code) }
            if !isInText { code.append(character) }
            previous = character
        }
        return Substring(code)
    }
}
