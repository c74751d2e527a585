/// What two texts differ in, word by word: the shortest way from one to the other within bounds on time and memory.
struct WordDiff: Sendable, Hashable {
    /// A stretch of both texts, of the first or of the second. What is the same and what was removed are the first text,
    /// what is the same and what was added are the second one, to the byte.
    enum Piece: Sendable, Hashable {
        case same(String), removed(String), added(String)
    }

    let pieces: [Piece]

    /// Longer texts are not searched.
    static let bytesMaximum = 512 << 10
    /// Words, else lines, that are removed or added in one search; its memory is the square of that.
    static let editsMaximum = 1_000

    init(from before: String, to after: String) {
        var builder = WordDiffBuilder()
        if before.utf8.elementsEqual(after.utf8) {
            builder.keep([before[...]])
        } else if max(before.utf8.count, after.utf8.count) > Self.bytesMaximum {
            builder.remove([before[...]])
            builder.add([after[...]])
        } else if !Self.compare(Words.all(of: before), Words.all(of: after), &builder) {
            Self.compareByLines(before, after, &builder)
        }
        pieces = builder.finish()
    }

    /// Whether the texts are the same, to the byte.
    var isSame: Bool {
        pieces.allSatisfy { if case .same = $0 { true } else { false } }
    }

    /// - Returns: whether the difference was small enough to be found.
    private static func compare(
        _ old: [Substring], _ new: [Substring], _ builder: inout WordDiffBuilder
    ) -> Bool {
        guard let edits = MyersSearch.edits(from: old, to: new, editsMaximum: editsMaximum) else { return false }
        for edit in edits {
            switch edit {
            case .keep(let range): builder.keep(old[range])
            case .remove(let range): builder.remove(old[range])
            case .add(let range): builder.add(new[range])
            }
        }
        return true
    }

    /// Looks first for the lines that differ, then for the words within them.
    private static func compareByLines(_ before: String, _ after: String, _ builder: inout WordDiffBuilder) {
        let (old, new) = (lines(of: before), lines(of: after))
        let edits =
            MyersSearch.edits(from: old, to: new, editsMaximum: editsMaximum)
            ?? [.remove(0..<old.count), .add(0..<new.count)]
        var removed = ""
        var added = ""
        func settle() {
            guard !removed.isEmpty || !added.isEmpty else { return }
            if !compare(Words.all(of: removed), Words.all(of: added), &builder) {
                builder.remove([removed[...]])
                builder.add([added[...]])
            }
            (removed, added) = ("", "")
        }
        for edit in edits {
            switch edit {
            case .keep(let range):
                settle()
                builder.keep(old[range])
            case .remove(let range): removed += old[range].joined()
            case .add(let range): added += new[range].joined()
            }
        }
        settle()
    }

    /// Lines with their breaks.
    private static func lines(of text: String) -> [Substring] {
        var lines: [Substring] = []
        var start = text.startIndex
        for place in text.utf8.indices where text.utf8[place] == UInt8(ascii: "\n") {
            let end = text.utf8.index(after: place)
            lines.append(text[start..<end])
            start = end
        }
        if start < text.endIndex { lines.append(text[start...]) }
        return lines
    }
}
