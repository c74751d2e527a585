internal import Core

/// What an agent hands over: its text, and the verdict it gives itself in a STATUS line at the end, with a SUMMARY behind
/// it. Without such a line, or with a word in it that is none of the four, the whole text counts, as completed.
public struct FinalMessage: Sendable, Hashable {
    /// The word in its STATUS line; nil without such a line.
    public var verdict: Status?
    /// What stands in front of the STATUS line; all of it without such a line.
    public var body: String
    public var summary: String?

    public enum Status: String, Sendable, CaseIterable {
        case completed, failed, question, silent
    }

    public var status: Status { verdict ?? .completed }
    /// What is handed over: the body; the summary when that is nothing.
    public var text: String { body.isEmpty ? summary ?? "" : body }

    /// Reads the message. The last STATUS block counts, and only when nothing but a SUMMARY follows it; what is quoted
    /// (behind `>`, indented or inside a fence) is no block.
    public init(_ message: String) {
        body = message
        // A line feed behind a carriage return is one character with it.
        let lines = message.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard
            let place = MarkdownFence.linesOutside(lines).last(where: { Self.value(of: "STATUS", in: lines[$0]) != nil }
            ),
            let value = Self.value(of: "STATUS", in: lines[place]), let status = Self.status(value)
        else { return }
        let tail = lines[(place + 1)...].joined(separator: "\n").trimmed
        var summary: String?
        if !tail.isEmpty {
            let tailLines = tail.split(separator: "\n", omittingEmptySubsequences: false)
            guard let first = tailLines.first.flatMap({ Self.value(of: "SUMMARY", in: $0) }) else { return }
            summary = ([first] + tailLines.dropFirst().map(String.init)).joined(separator: "\n").trimmed
        }
        verdict = status
        self.summary = summary
        body = lines[..<place].joined(separator: "\n").trimmed
    }

    /// The word, whatever a model puts around it to make it stand out; nil for any other text.
    private static func status(_ value: String) -> Status? {
        let word = value.lowercased().drop { !$0.isLetter }
        guard let end = word.lastIndex(where: \.isLetter) else { return nil }
        return Status(rawValue: String(word[...end]))
    }

    /// What stands behind the name and its colon, as `STATUS: failed`, `**Status:** failed`, `- STATUS: failed` or
    /// `## STATUS: failed`. The name is in capitals, or in any case where it stands out: "Status: see below" is a
    /// sentence of a text.
    private static func value(of name: String, in line: Substring) -> String? {
        guard !isIndentedCode(line) else { return nil }
        var rest = Substring(String(line).trimmed)
        var standsOut = false
        if let bullet = rest.first, "-+*•".contains(bullet), rest.dropFirst().first?.isWhitespace == true {
            rest = rest.dropFirst()
        }
        while let first = rest.first, first.isWhitespace || "#*_`".contains(first) {
            standsOut = standsOut || !first.isWhitespace
            rest = rest.dropFirst()
        }
        let written = rest.prefix(name.count)
        guard written == name || standsOut && written.uppercased() == name else { return nil }
        rest = rest.dropFirst(name.count).drop { "*_`".contains($0) || $0.isWhitespace }
        guard rest.first == ":" || rest.first == "：" else { return nil }
        let value = String(rest.dropFirst()).trimmed
        guard standsOut else { return value }
        let inner = value.drop { "*_`".contains($0) }
        // `**SUMMARY:** x` has closed its marks there, `**SUMMARY: x**` has them at its end.
        guard inner.count == value.count, !line.contains("*:"), !line.contains("_:"), !line.contains("`:") else {
            return String(inner).trimmed
        }
        return String(value.reversed().drop { "*_`".contains($0) }.reversed()).trimmed
    }

    /// Four columns of space or a tab in front are code in Markdown.
    private static func isIndentedCode(_ line: Substring) -> Bool {
        let space = line.prefix { $0 == " " || $0 == "\t" }
        return space.count >= 4 || space.contains("\t")
    }
}
