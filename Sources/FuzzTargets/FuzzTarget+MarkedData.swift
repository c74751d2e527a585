internal import Core

extension FuzzTarget {
    /// Where a text comes from, and the text: whatever both hold, the marks stand on the first and the last line alone, and
    /// nothing between them could end them, steer a terminal or hide from people.
    static let markedData = FuzzTarget("marked-data") { bytes in
        let (first, second) = Input.parts(bytes)
        let (source, text) = (Input.text(first), Input.text(second))
        let marked = MarkedData.wrap(text, from: source, callID: "call-1")
        try require(marked == MarkedData.wrap(text, from: source, callID: "call-1"), "a repetition gives other words")
        // By scalars: some make one character of themselves and what stands beside them.
        let lines = marked.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
        guard lines.count >= 2, let begin = lines.first, let end = lines.last else {
            throw Violation("marks are missing")
        }
        let mark = begin.dropFirst(start.count).prefix { $0 != " " }
        try require(mark.count == 32 && begin.starts(with: start + mark + between), "it begins with another line")
        try require(begin.last == "⟧", "the first line does not end")
        try require(end == Array("⟦end of data ".unicodeScalars) + mark + ["⟧"], "it does not end with its mark")
        let inside = Array(lines.dropFirst().dropLast().joined(separator: ["\n"]))
        try require(inside.firstRange(of: mark) == nil, "the mark stands inside")
        for scalar in begin.dropFirst().dropLast() + inside {
            try require(scalar != "⟦" && scalar != "⟧", "a bracket of marks stands inside")
            let isControl = scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
            try require(!isControl, "a control character stands inside")
            try require(!unseen.contains { $0.contains(scalar.value) }, "what people do not see stands inside")
        }
        var content = String.UnicodeScalarView()
        content.append(contentsOf: inside)
        try require(MarkedData.unmarked(marked) == String(content).trimmed, "without its marks it is another text")
    }

    private static let start = Array("⟦data ".unicodeScalars)
    private static let between = Array(" from ".unicodeScalars)
    /// Width 0, directions, invisible operators, tags.
    private static let unseen: [ClosedRange<UInt32>] = [
        0x200B...0x200B, 0x202A...0x202E, 0x2060...0x206F, 0xE0000...0xE0FFF,
    ]
}
