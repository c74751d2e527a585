/// What two texts have in common and what not, word by word.
enum TextComparison: Sendable {
    /// A stretch of one or both texts.
    enum Piece: Sendable, Hashable {
        case both(String), removed(String), added(String)
    }

    /// Words of both texts together behind which the search for the shortest difference is given up: it takes the product
    /// of their number and of the differences.
    private static let wordsMaximum = 4_000

    /// The pieces in order, each as long as possible.
    static func pieces(_ before: String, _ after: String) -> [Piece] {
        guard before != after else { return before.isEmpty ? [] : [.both(before)] }
        let (old, new) = (words(before), words(after))
        var start = 0
        while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
        var end = 0
        while end < min(old.count, new.count) - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
        var pieces: [Piece] = []
        if start > 0 { pieces.append(.both(old[..<start].joined())) }
        pieces += changed(Array(old[start..<old.count - end]), Array(new[start..<new.count - end]))
        if end > 0 { pieces.append(.both(old[(old.count - end)...].joined())) }
        return pieces
    }

    /// Runs of letters and digits, runs of blanks, and every other sign by itself.
    private static func words(_ text: String) -> [Substring] {
        var words: [Substring] = []
        var start = text.startIndex
        var kind = 0
        for place in text.unicodeScalars.indices {
            let scalar = text.unicodeScalars[place]
            let next =
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                ? 1 : scalar.properties.isWhitespace ? 2 : 3
            if place > start, next != kind || kind == 3 {
                words.append(text[start..<place])
                start = place
            }
            kind = next
        }
        if start < text.endIndex { words.append(text[start...]) }
        return words
    }

    private static func changed(_ old: [Substring], _ new: [Substring]) -> [Piece] {
        guard old.count + new.count <= wordsMaximum else {
            return [.removed(old.joined()), .added(new.joined())].filter { !$0.isEmpty }
        }
        var (removed, added) = (Set<Int>(), Set<Int>())
        for change in new.difference(from: old) {
            switch change {
            case .remove(let place, _, _): removed.insert(place)
            case .insert(let place, _, _): added.insert(place)
            }
        }
        var pieces: [Piece] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if left < old.count, removed.contains(left) {
                pieces.add(.removed(String(old[left])))
                left += 1
            } else if right < new.count, added.contains(right) {
                pieces.add(.added(String(new[right])))
                right += 1
            } else {
                pieces.add(.both(String(old[left])))
                left += 1
                right += 1
            }
        }
        return pieces
    }
}

extension TextComparison.Piece {
    fileprivate var isEmpty: Bool {
        switch self {
        case .both(let text), .removed(let text), .added(let text): text.isEmpty
        }
    }
}

extension [TextComparison.Piece] {
    /// Appends a piece to the last one where it is of the same kind.
    fileprivate mutating func add(_ piece: TextComparison.Piece) {
        switch (last, piece) {
        case (.both(let text)?, .both(let more)): self[count - 1] = .both(text + more)
        case (.removed(let text)?, .removed(let more)): self[count - 1] = .removed(text + more)
        case (.added(let text)?, .added(let more)): self[count - 1] = .added(text + more)
        default: append(piece)
        }
    }
}
