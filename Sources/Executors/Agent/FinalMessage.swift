internal import Core

/// What an agent hands over: its text, and the verdict it gives itself in a STATUS line at the end, with a SUMMARY behind
/// it. Without such a line the whole text counts, as completed.
struct FinalMessage: Sendable, Hashable {
    var status: Status
    /// What stands in front of the STATUS line; the summary when that is nothing.
    var text: String
    var summary: String?

    enum Status: String, Sendable, CaseIterable {
        case completed, failed, question, silent
    }

    /// Reads the message. The last STATUS line counts, and only when nothing but a SUMMARY follows it.
    init(_ message: String) {
        status = .completed
        text = message
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
        guard let place = lines.lastIndex(where: { Self.value(of: "STATUS", in: $0) != nil }),
            let word = Self.value(of: "STATUS", in: lines[place]), let status = Status(rawValue: word.lowercased())
        else { return }
        let tail = lines[(place + 1)...].joined(separator: "\n").trimmed
        let summary = tail.isEmpty ? nil : Self.value(of: "SUMMARY", in: tail[...])
        guard tail.isEmpty || summary != nil else { return }
        self.status = status
        self.summary = summary
        let body = lines[..<place].joined(separator: "\n").trimmed
        text = body.isEmpty ? summary ?? "" : body
    }

    private static func value(of name: String, in line: Substring) -> String? {
        let trimmed = String(line).trimmed
        guard trimmed.hasPrefix(name + ":") else { return nil }
        return String(trimmed.dropFirst(name.count + 1)).trimmed
    }
}
