internal import Core

/// A condition with the value of everything in it, and what an agent said that chose.
enum ConditionBlock: Sendable {
    static func render(_ condition: ConditionView, heading: String) -> HTML {
        // Whole inputs tell nothing that their parts do not tell better.
        let telling = condition.parts.filter { !["inputs", "steps", "task"].contains($0.expression) }
        let parts = telling.map { part -> HTML in
            """
            <dt><code>\(NamedText.render(part.expression))</code></dt>\
            <dd><code class="scalar">\(NamedText.render(text(of: part.value)))</code></dd>
            """
        }
        return """
            <div class="condition"><h3>\(heading)</h3>\
            <p><code>\(NamedText.render(condition.expression))</code> was \
            <b>\(NamedText.render(condition.value.text))</b></p>\
            \("<dl class=\"values\">\(parts)</dl>", if: !parts.isEmpty)</div>
            """
    }

    /// The journal keeps the beginning of a large value as a text, which is shown without quotes of its own.
    private static func text(of value: JSON) -> String {
        guard let text = value.stringValue, text.hasSuffix("…"), text.hasPrefix("[") || text.hasPrefix("{") else {
            return value.text
        }
        return text
    }

    static func render(_ choice: ChoiceView) -> HTML {
        let certainty = choice.confidence.map { "\(Int(($0 * 100).rounded())) % sure" }
        let others =
            choice.alternatives.isEmpty ? nil : "also thought of \(choice.alternatives.joined(separator: ", "))"
        let facts = [certainty, others].compactMap(\.self).joined(separator: " · ")
        return """
            <div class="condition"><h3>Why this path</h3><p>\(NamedText.render(choice.agent)) said: \
            <q>\(NamedText.render(choice.reason))</q></p>\
            \("<p class=\"dim\">\(NamedText.render(facts))</p>", if: !facts.isEmpty)</div>
            """
    }
}

/// What a step waits for, and where that can be seen.
enum WaitBlock: Sendable {
    static func render(_ wait: WaitView, now: Timestamp) -> HTML {
        """
        <div class="waits"><h3>Waiting</h3><p>\(Parts.sentence(wait.sentence, until: wait.until))</p>\
        <p class="dim">\(times(wait, now: now))</p>\(blocker(wait.blocker))</div>
        """
    }

    /// Since when, and until when if that is known.
    static func times(_ wait: WaitView, now: Timestamp) -> HTML {
        let since: HTML = "Since \(Parts.exact(wait.since)) (\(Parts.age(wait.since, now: now)))"
        guard let until = wait.until else { return since }
        let verb: StaticString = wait.reason == "retry" ? "runs again" : "goes on"
        return
            "\(since) · \(Parts.countdown(to: until, verb: verb, now: now)), at \(Parts.exact(until, after: wait.since))"
    }

    /// A link to who or what would have to move.
    static func blocker(_ blocker: WaitView.Blocker?) -> HTML {
        switch blocker {
        case nil: .empty
        case .request(let id): "<p><a class=\"button\" href=\"#\(ElementID.request(id))\">Decide</a></p>"
        case .task(let link): "<p>\(Parts.task(link))</p>"
        case .signal(let name, let key):
            """
            <p class="dim">Sent as <code>POST /api/signals/\(NamedText.render(name))</code>\
            \(key.map { " with the key <code>\(NamedText.render($0))</code>" as HTML })</p>
            """
        }
    }
}
