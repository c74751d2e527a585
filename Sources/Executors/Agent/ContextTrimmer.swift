internal import Core
internal import Providers

/// Makes a request fit the context of its model. The rule: when it is reckoned at more than three quarters of the
/// context, the results of tools are left out, oldest first, but never those of the last two turns; if that is not
/// enough, whole turns are, oldest first. The prompt and the last two turns always stay. What is left out is said in its place, and
/// recorded with the turn.
struct ContextTrimmer {
    /// The context of the model, in tokens.
    let window: Int

    /// What was left out.
    struct Trimming: Sendable, Hashable {
        var results = 0
        var turns = 0
        var bytes = 0
        /// The context that it had to fit, in tokens.
        var window: Int

        var json: JSON {
            [
                "results": .int(Int64(results)), "turns": .int(Int64(turns)), "bytes": .int(Int64(bytes)),
                "window": .int(Int64(window)),
            ]
        }
    }

    /// A token is about four bytes of text in English and fewer elsewhere; three is the careful side.
    private static let bytesPerToken = 3
    private static let turnsKept = 2

    /// - Returns: what was left out; nil when all of it fits.
    func trim(_ request: inout ModelRequest) -> Trimming? {
        let room = window / 4 * 3 * Self.bytesPerToken
        var size = request.size
        guard size > room else { return nil }
        var trimming = Trimming(window: window)
        let last =
            request.messages.indices.filter { request.messages[$0].role == .assistant }
            .suffix(Self.turnsKept).first ?? request.messages.endIndex
        for place in request.messages.indices.prefix(last).dropFirst() where size > room {
            for part in request.messages[place].parts.indices where size > room {
                let saved = request.messages[place].parts[part].leaveOut()
                guard saved > 0 else { continue }
                size -= saved
                trimming.results += 1
                trimming.bytes += saved
            }
        }
        dropTurns(before: last, of: &request, &size, room, &trimming)
        return trimming.results + trimming.turns > 0 ? trimming : nil
    }

    /// Leaves whole turns out: an answer of the model with what came back to it.
    private func dropTurns(
        before last: Int, of request: inout ModelRequest, _ size: inout Int, _ room: Int, _ trimming: inout Trimming
    ) {
        var end = 1
        while size > room, end + 1 < last {
            let next = request.messages[(end + 1)..<last].firstIndex { $0.role == .assistant } ?? last
            for message in request.messages[end..<next] {
                size -= message.size
                trimming.bytes += message.size
            }
            trimming.turns += 1
            end = next
        }
        guard end > 1 else { return }
        request.messages.removeSubrange(1..<end)
        request.messages[0].parts.append(
            .text("[Signalbox has left out \(trimming.turns) earlier turns to save room.]"))
    }
}

extension ModelRequest {
    /// About how many bytes it has.
    var size: Int {
        messages.reduce((system?.utf8.count ?? 0) + tools.reduce(0) { $0 + $1.parameters.bytes.count }) { $0 + $1.size }
    }
}

extension Message {
    fileprivate var size: Int { parts.reduce(0) { $0 + $1.size } }
}

extension MessagePart {
    fileprivate var size: Int {
        switch self {
        case .text(let text): text.utf8.count
        // Providers count a picture or a page at some thousand tokens at most.
        case .file(let file): min(file.bytes.count, 6_000)
        case .toolResult(let result): result.parts.reduce(16) { $0 + $1.size }
        default: json.bytes.count
        }
    }

    /// Takes the contents of a long result out.
    /// - Returns: how many bytes that saves.
    fileprivate mutating func leaveOut() -> Int {
        guard case .toolResult(var result) = self else { return 0 }
        let before = size
        let note = MessagePart.text("[Signalbox has left out \(before) bytes of this result to save room.]")
        guard before > note.size + 64 else { return 0 }
        result.parts = [note]
        self = .toolResult(result)
        return before - size
    }
}
