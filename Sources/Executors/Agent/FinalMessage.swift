internal import Core

/// What an agent hands over: its text, and the verdict it gives itself in a STATUS line at the end, with a SUMMARY behind
/// it. Without such a line the whole text counts, as completed.
package struct FinalMessage: Sendable, Hashable {
    package var status: Status
    /// What stands in front of the STATUS line; the summary when that is nothing.
    package var text: String
    package var summary: String?

    package enum Status: String, Sendable, CaseIterable {
        case completed, failed, question, silent
    }

    /// Reads the message. The last STATUS block counts, and only when nothing but a SUMMARY follows it; what is quoted
    /// (behind `>`, indented or inside a fence) is no block.
    package init(_ message: String) {
        status = .completed
        text = message
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
        let open = Self.linesOutsideFences(lines)
        guard let place = open.last(where: { Self.value(of: "STATUS", in: lines[$0]) != nil }),
            let word = Self.value(of: "STATUS", in: lines[place]), let status = Status(rawValue: word.lowercased())
        else { return }
        let tail = lines[(place + 1)...].joined(separator: "\n").trimmed
        var summary: String?
        if !tail.isEmpty {
            let tailLines = tail.split(separator: "\n", omittingEmptySubsequences: false)
            guard let first = tailLines.first.flatMap({ Self.value(of: "SUMMARY", in: $0) }) else { return }
            summary = ([first] + tailLines.dropFirst().map(String.init)).joined(separator: "\n").trimmed
        }
        self.status = status
        self.summary = summary
        let body = lines[..<place].joined(separator: "\n").trimmed
        text = body.isEmpty ? summary ?? "" : body
    }

    /// The places of the lines that stand in no fence of Markdown. A fence that is never closed is none.
    private static func linesOutsideFences(_ lines: [Substring]) -> [Int] {
        var outside: [Int] = []
        var inside: [Int]?
        for (place, line) in lines.enumerated() {
            let mark = line.drop { $0 == " " }.prefix(3)
            if mark == "```" || mark == "~~~" {
                inside = inside == nil ? [] : nil
            } else if inside == nil {
                outside.append(place)
            } else {
                inside?.append(place)
            }
        }
        return outside + (inside ?? [])
    }

    /// What stands behind the word; models like to make it bold.
    private static func value(of name: String, in line: Substring) -> String? {
        guard !line.hasPrefix("    "), !line.hasPrefix("\t") else { return nil }
        let plain = String(line.filter { $0 != "*" }).trimmed
        guard plain.hasPrefix(name + ":") else { return nil }
        return String(plain.dropFirst(name.count + 1)).trimmed
    }
}
