internal import Engine

/// What an agent has said, as Markdown. The verdict that it gives itself in its last lines stands below as a sentence
/// with its sign; the record keeps the lines as they came.
enum SaidText: Sendable {
    /// - Parameter id: of the element with the text.
    static func render(_ text: String, id: String) -> HTML {
        let message = FinalMessage(text)
        guard let verdict = message.verdict else { return said(text, id: id) }
        return "\(said(message.body, id: id), if: !message.body.isEmpty)\(sentence(verdict, message.summary))"
    }

    private static func said(_ text: String, id: String) -> HTML {
        "<div class=\"said\">\(PayloadBlock.content(of: .markdown(text), id: id))</div>"
    }

    private static func sentence(_ verdict: FinalMessage.Status, _ summary: String?) -> HTML {
        let state = verdict.state
        let words: HTML = summary.map { ": <span class=\"summary\">\(NamedText.render($0))</span>" } ?? .empty
        return """
            <p class="own-verdict tone-\(state.tone.rawValue)">\(Icons.lamp(state))<span><b>\(verdict.words)</b>\(words)</span></p>
            """
    }
}

extension FinalMessage.Status {
    fileprivate var state: DisplayState {
        switch self {
        case .completed: .completed
        case .failed: .failed
        case .question: .paused
        case .silent: .skipped
        }
    }

    fileprivate var words: HTML {
        switch self {
        case .completed: "Completed"
        case .failed: "Failed"
        case .question: "Asks"
        case .silent: "Nothing to report"
        }
    }
}
