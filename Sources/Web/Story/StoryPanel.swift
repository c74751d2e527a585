internal import Core

/// The story above the steps: a short paragraph, of a long one the beginning with the rest folded.
enum StoryPanel: Sendable {
    /// So many sentences are read without unfolding.
    private static let openMaximum = 4

    /// - Parameter isGrowing: whether the task has not ended.
    static func render(_ story: StoryView, of task: TaskNumber, isGrowing: Bool = false) -> HTML {
        guard !story.sentences.isEmpty else { return .empty }
        let sentences = story.sentences.map { sentence($0, of: task) }
        let beginning: HTML = "<p>\(joined(sentences.prefix(openMaximum)))</p>"
        let rest: HTML = """
            <details class="more"><summary>\(Format.count(sentences.count - openMaximum, "more sentence"))</summary>\
            <p>\(joined(sentences.dropFirst(openMaximum)))</p></details>
            """
        return """
            <section class="\(isGrowing ? "story growing" : "story")" aria-label="What happened, in words">\(beginning)\
            \(rest, if: sentences.count > openMaximum)</section>
            """
    }

    private static func joined(_ sentences: ArraySlice<HTML>) -> [HTML] {
        sentences.enumerated().map { place, sentence in place == 0 ? sentence : " \(sentence)" }
    }

    private static func sentence(_ sentence: StorySentence, of task: TaskNumber) -> HTML {
        HTML(
            sentence.pieces.map { piece -> HTML in
                switch piece {
                case .words(let text): "\(text)"
                case .name(let text): "<b>\(NamedText.render(text))</b>"
                case .quote(let text): "<q>\(NamedText.render(text))</q>"
                case .step(let path):
                    """
                    <a class="name" href="\(StepAddress(task: task, step: path).onTaskPage)">\(NamedText.render(path.rawValue))</a>
                    """
                case .task(let number): "<a href=\"/tasks/\(number.rawValue)\">task \(number.description)</a>"
                }
            })
    }
}
