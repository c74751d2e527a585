internal import Core

/// What is answered, the same whichever interface it goes out by.
struct FakeReply: Sendable {
    var thinking = ""
    var text = ""
    var toolCalls: [Call] = []
    var refusal: String?
    var stop = Stop.end
    var usage = TokenUsage()
    /// The provider's report, word for word, in place of `usage`.
    var reportedUsage: JSON?

    /// A tool that the model wants to be called.
    struct Call: Sendable {
        var name: String
        /// JSON, unless a script says otherwise.
        var arguments: String
    }

    /// Why the answer ends, in the words of scripts.
    enum Stop: String, Sendable, CaseIterable {
        case end
        case toolUse = "tool_use"
        case length
        case contentFilter = "content_filter"
        case refusal
        /// In a word that no client knows.
        case other
    }
}

extension FakeReply {
    /// A text in the pieces in which it is streamed: words, several together when there are many.
    static func pieces(of text: String) -> [String] {
        var words: [Substring] = []
        var rest = text[...]
        while !rest.isEmpty {
            let word = rest.prefix { $0 != " " && $0 != "\n" }
            let end = rest[word.endIndex...].firstIndex { $0 != " " && $0 != "\n" } ?? rest.endIndex
            words.append(rest[..<end])
            rest = rest[end...]
        }
        let count = min(words.count, Limits.fakeModelPiecesMaximum)
        return (0..<count).map { piece in
            words[words.count * piece / count..<words.count * (piece + 1) / count].joined()
        }
    }

    /// The text of arguments in the pieces in which it is streamed, cut without regard to what it means.
    static func argumentPieces(of text: String) -> [String] {
        let size = max(8, text.count / Limits.fakeModelPiecesMaximum + 1)
        var pieces: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            pieces.append(String(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return pieces
    }
}
