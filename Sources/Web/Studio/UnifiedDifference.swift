/// A difference in the unified format, taken apart: what was changed in a line is marked word by word.
struct UnifiedDifference: Sendable {
    var files: [File] = []

    struct File: Sendable {
        var name: String
        var lines: [Line] = []
    }

    enum Line: Sendable, Hashable {
        /// Lines that are the same are left out up to this one.
        case skip(Int)
        case both(Int, Int, String)
        case removed(Int, [Word])
        case added(Int, [Word])
    }

    /// A part of a line.
    struct Word: Sendable, Hashable {
        var text: String
        /// Whether the other line does not have it.
        var isMarked: Bool
    }

    init(_ text: String) {
        var (old, new) = (1, 1)
        // How many lines of each side the part that is being read still has: by them what begins with a sign is told from
        // the head of a file.
        var (oldLeft, newLeft) = (0, 0)
        var removed: [String] = []
        var added: [String] = []
        func flush(_ files: inout [File]) {
            guard !removed.isEmpty || !added.isEmpty, !files.isEmpty else { return }
            files[files.count - 1].lines += Self.changed(removed, old - removed.count, added, new - added.count)
            removed = []
            added = []
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if oldLeft <= 0, newLeft <= 0 {
                flush(&files)
                if line.hasPrefix("+++ ") { files.append(File(name: String(line.dropFirst(4)))) }
                guard line.hasPrefix("@@ "), !files.isEmpty else { continue }
                ((old, oldLeft), (new, newLeft)) = Self.ranges(line)
                if old > 1 { files[files.count - 1].lines.append(.skip(new)) }
            } else if line.hasPrefix("-") {
                if !added.isEmpty { flush(&files) }
                removed.append(String(line.dropFirst()))
                (old, oldLeft) = (old + 1, oldLeft - 1)
            } else if line.hasPrefix("+") {
                added.append(String(line.dropFirst()))
                (new, newLeft) = (new + 1, newLeft - 1)
            } else {
                flush(&files)
                files[files.count - 1].lines.append(.both(old, new, String(line.dropFirst())))
                (old, oldLeft, new, newLeft) = (old + 1, oldLeft - 1, new + 1, newLeft - 1)
            }
        }
        flush(&files)
    }

    /// `@@ -3,7 +3,8 @@`: where each side begins, and how many lines it has.
    private static func ranges(_ line: Substring) -> (old: (Int, Int), new: (Int, Int)) {
        let parts = line.split(separator: " ")
        func range(_ place: Int) -> (Int, Int) {
            let numbers =
                parts.count > place ? parts[place].dropFirst().split(separator: ",").compactMap { Int($0) } : []
            return (max(1, numbers.first ?? 1), numbers.count > 1 ? numbers[1] : 1)
        }
        return (range(1), range(2))
    }

    /// Lines that took the place of others, each beside the one that it replaces where there are as many.
    private static func changed(_ removed: [String], _ oldStart: Int, _ added: [String], _ newStart: Int) -> [Line] {
        let pairs =
            removed.count == added.count
            ? zip(removed, added).map { marked($0, $1) }
            : nil
        let before = removed.enumerated().map { place, line -> Line in
            .removed(oldStart + place, pairs?[place].before ?? [Word(text: line, isMarked: false)])
        }
        let after = added.enumerated().map { place, line -> Line in
            .added(newStart + place, pairs?[place].after ?? [Word(text: line, isMarked: false)])
        }
        return before + after
    }

    /// Two lines with what the other one does not have marked; as they are where they have nothing in common.
    private static func marked(_ before: String, _ after: String) -> (before: [Word], after: [Word]) {
        var (old, new): ([Word], [Word]) = ([], [])
        var hasCommonWord = false
        for piece in WordDiff(from: before, to: after).pieces {
            switch piece {
            case .same(let text):
                old.append(Word(text: text, isMarked: false))
                new.append(Word(text: text, isMarked: false))
                if !text.allSatisfy(\.isWhitespace) { hasCommonWord = true }
            case .removed(let text): old.append(Word(text: text, isMarked: true))
            case .added(let text): new.append(Word(text: text, isMarked: true))
            }
        }
        guard hasCommonWord else {
            return ([Word(text: before, isMarked: false)], [Word(text: after, isMarked: false)])
        }
        return (old, new)
    }
}
