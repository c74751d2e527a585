internal import Core

/// What a task is called when nobody gives it a name.
enum TaskName {
    /// How much of the end may be given up for the sake of whole words.
    private static let wordLengthMaximum = 20

    /// A text as long as a name may be: a longer one ends with its last whole word, and says that there was more.
    static func shortened(_ text: String) -> String {
        guard text.count > Limits.taskNameLengthMaximum else { return text }
        let room = text.prefix(Limits.taskNameLengthMaximum - 1)
        let isWhole = text[room.endIndex].isWhitespace
        let space = isWhole ? nil : room.suffix(wordLengthMaximum).lastIndex(where: \.isWhitespace)
        let words = room[..<(space ?? room.endIndex)]
        let end = words.lastIndex { !$0.isWhitespace && !",;:".contains($0) }
        return end.map { "\(words[...$0])…" } ?? "\(room)…"
    }
}
