/// Puts the pieces of a difference together for people to read: neighbours become one, and what changed on both sides of
/// a space is one change.
struct WordDiffBuilder {
    private var pieces: [WordDiff.Piece] = []
    private var removed = ""
    private var added = ""
    /// A space behind a change; it belongs to that if another change follows.
    private var space = ""

    mutating func keep(_ words: some BidirectionalCollection<Substring>) {
        guard !words.isEmpty else { return }
        let isChange = !removed.isEmpty || !added.isEmpty
        if isChange, space.isEmpty, words.count == 1, words.allSatisfy(\.isSpace) {
            space = words.joined()
            return
        }
        let text = space + words.joined()
        flush()
        append(same: text)
    }

    mutating func remove(_ words: some Collection<Substring>) {
        bridge()
        removed += words.joined()
    }

    mutating func add(_ words: some Collection<Substring>) {
        bridge()
        added += words.joined()
    }

    mutating func finish() -> [WordDiff.Piece] {
        let last = space
        flush()
        append(same: last)
        return pieces
    }

    private mutating func bridge() {
        removed += space
        added += space
        space = ""
    }

    private mutating func flush() {
        if !removed.isEmpty { pieces.append(.removed(removed)) }
        if !added.isEmpty { pieces.append(.added(added)) }
        (removed, added, space) = ("", "", "")
    }

    private mutating func append(same text: String) {
        guard !text.isEmpty else { return }
        if case .same(let earlier)? = pieces.last {
            pieces[pieces.count - 1] = .same(earlier + text)
        } else {
            pieces.append(.same(text))
        }
    }
}

extension Substring {
    fileprivate var isSpace: Bool { utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
}
