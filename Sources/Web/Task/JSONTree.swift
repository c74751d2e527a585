internal import Core

/// A JSON value as lines that fold. The text of the whole element is the indented JSON itself, but for marks of
/// characters that are not shown, so its Copy button gives exactly that; what is for the eye only stands in attributes.
struct JSONTree: ~Copyable, Sendable {
    private var nodes = 0
    private var bytes = 0
    private let isForDecision: Bool

    /// Nil when the value is too large for a page.
    /// - Parameter isForDecision: whether a person decides by it: then all of it is open.
    static func render(_ value: JSON, id: String, isForDecision: Bool = false) -> HTML? {
        var tree = JSONTree(isForDecision: isForDecision)
        guard let lines = tree.lines(of: value, label: .empty, level: 0, comma: .empty) else { return nil }
        return "<div class=\"tree\" id=\"\(id)\" tabindex=\"0\">\(lines)</div>"
    }

    private init(isForDecision: Bool) {
        self.isForDecision = isForDecision
    }

    /// The lines of one value, with the member's name before it and the comma behind it; nil when there is no more room.
    private mutating func lines(of value: JSON, label: HTML, level: Int, comma: HTML) -> HTML? {
        nodes += 1
        guard nodes <= PayloadView.treeNodesMaximum else { return nil }
        switch value {
        case .array(let elements) where !elements.isEmpty:
            var inside = HTML.empty
            for (place, element) in elements.enumerated() {
                let comma: HTML = place < elements.count - 1 ? "," : ""
                guard let lines = lines(of: element, label: .empty, level: level + 1, comma: comma) else { return nil }
                inside += lines
            }
            return fold("[", "]", inside, label: label, level: level, comma: comma, size: (elements.count, "item"))
        case .object(let members) where !members.isEmpty:
            var inside = HTML.empty
            for (place, member) in members.enumerated() {
                let comma: HTML = place < members.count - 1 ? "," : ""
                let name: HTML = "<span class=\"key\">\(NamedText.render(JSON.string(member.name).text))</span>: "
                bytes += member.name.utf8.count
                guard let lines = lines(of: member.value, label: name, level: level + 1, comma: comma) else {
                    return nil
                }
                inside += lines
            }
            return fold("{", "}", inside, label: label, level: level, comma: comma, size: (members.count, "member"))
        default:
            let text = value.text
            bytes += text.utf8.count
            guard bytes <= PayloadView.textBytesMaximum else { return nil }
            return
                """
                <div>\(indent(level))\(label)<span class="\(kind(of: value))">\(NamedText.render(text))</span>\(comma)
                </div>
                """
        }
    }

    private func fold(
        _ open: HTML, _ close: HTML, _ inside: HTML, label: HTML, level: Int, comma: HTML, size: (Int, String)
    ) -> HTML {
        """
        <details\(attribute: "open", if: level < 3 || isForDecision)><summary data-size="\(Format.count(size.0, size.1))" \
        data-close="\(close.text)">\(indent(level))\(label)\(open)</summary>\
        <div class="fold">\n\(inside)</div><div class="end">\(indent(level))\(close)\(comma)\n</div></details>
        """
    }

    private func indent(_ level: Int) -> String { String(repeating: "  ", count: level) }

    private func kind(of value: JSON) -> String { value.stringValue == nil ? "scalar" : "string" }
}
