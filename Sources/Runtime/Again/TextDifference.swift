/// What two texts differ in, line by line, as `diff -u` tells it.
enum TextDifference: Sendable {
    /// Lines around a change.
    private static let context = 3
    /// Lines of both sides behind which the search for the shortest difference is given up: it takes the product of
    /// their numbers in the worst case.
    private static let linesMaximum = 4_000

    private enum Line {
        case both(Substring), removed(Substring), added(Substring)

        var isChange: Bool { if case .both = self { false } else { true } }
    }

    /// The difference in the unified format; nil when there is none.
    static func unified(_ before: String, _ after: String, names: (before: String, after: String)) -> String? {
        guard before != after else { return nil }
        let lines = lines(Self.split(before), Self.split(after))
        var text = "--- \(names.before)\n+++ \(names.after)\n"
        for hunk in hunks(lines) { text += self.text(of: lines, hunk) }
        return text
    }

    private static func split(_ text: String) -> [Substring] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    /// Both texts in one: what is the same at both ends is left out of the search.
    private static func lines(_ before: [Substring], _ after: [Substring]) -> [Line] {
        var start = 0
        while start < min(before.count, after.count), before[start] == after[start] { start += 1 }
        var end = 0
        while end < min(before.count, after.count) - start,
            before[before.count - 1 - end] == after[after.count - 1 - end]
        { end += 1 }
        let old = Array(before[start..<before.count - end])
        let new = Array(after[start..<after.count - end])
        return before[..<start].map(Line.both) + changed(old, new) + before[(before.count - end)...].map(Line.both)
    }

    private static func changed(_ old: [Substring], _ new: [Substring]) -> [Line] {
        guard old.count <= linesMaximum, new.count <= linesMaximum else {
            return old.map(Line.removed) + new.map(Line.added)
        }
        let difference = new.difference(from: old)
        let removed = Set(difference.removals.map(\.place))
        let added = Set(difference.insertions.map(\.place))
        var lines: [Line] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if left < old.count, removed.contains(left) {
                lines.append(.removed(old[left]))
                left += 1
            } else if right < new.count, added.contains(right) {
                lines.append(.added(new[right]))
                right += 1
            } else {
                lines.append(.both(old[left]))
                left += 1
                right += 1
            }
        }
        return lines
    }

    /// Ranges of lines that are told together.
    private static func hunks(_ lines: [Line]) -> [Range<Int>] {
        var hunks: [Range<Int>] = []
        for (place, line) in lines.enumerated() where line.isChange {
            let range = max(0, place - context)..<min(lines.count, place + context + 1)
            if let last = hunks.last, last.upperBound >= range.lowerBound {
                hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
            } else {
                hunks.append(range)
            }
        }
        return hunks
    }

    private static func text(of lines: [Line], _ hunk: Range<Int>) -> String {
        func count(_ range: Range<Int>) -> (old: Int, new: Int) {
            lines[range].reduce(into: (0, 0)) { counts, line in
                switch line {
                case .both: counts = (counts.0 + 1, counts.1 + 1)
                case .removed: counts.0 += 1
                case .added: counts.1 += 1
                }
            }
        }
        let (start, length) = (count(0..<hunk.lowerBound), count(hunk))
        // An empty side begins behind the line before it.
        let old = length.old == 0 ? start.old : start.old + 1
        let new = length.new == 0 ? start.new : start.new + 1
        var text = "@@ -\(old),\(length.old) +\(new),\(length.new) @@\n"
        for line in lines[hunk] {
            switch line {
            case .both(let line): text += " \(line)\n"
            case .removed(let line): text += "-\(line)\n"
            case .added(let line): text += "+\(line)\n"
            }
        }
        return text
    }
}

extension CollectionDifference.Change {
    fileprivate var place: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
