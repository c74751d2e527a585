internal import Core

/// Two runs side by side: the same texts of both in one row, with the words marked that only one of them has.
enum TraceComparison: Sendable {
    static func render(_ left: TraceRunView, _ right: TraceRunView, now: Timestamp) -> HTML {
        let rows = Self.rows(left.sections, right.sections)
        let same = rows.count { $0.left != nil && $0.left == $0.right }
        return """
            <div class="compared-runs"><div class="trace-pair"><div>\(TraceRun.facts(left, now: now))</div><div>\(TraceRun.facts(right, now: now))</div></div>\
            <p class="dim">\(Format.count(rows.count - same, "text")) of \(rows.count) differ. Words that only one run has are \
            marked: <del>run \(left.attempt.number)</del> <ins>run \(right.attempt.number)</ins></p>\
            <div class="comparison">\(rows.enumerated().map { row($1, id: "pair-\($0)", left, right) })</div></div>
            """
    }

    private struct Row {
        var title: String
        var left: String?
        var right: String?
    }

    /// The texts of both runs by their titles, in the order of the longer run.
    private static func rows(_ left: [TraceSectionView], _ right: [TraceSectionView]) -> [Row] {
        var rows: [Row] = []
        var rest = right[...]
        for section in left {
            if let place = rest.firstIndex(where: { $0.title == section.title }) {
                rows += rest[..<place].map { Row(title: $0.title, left: nil, right: $0.text) }
                rows.append(Row(title: section.title, left: section.text, right: rest[place].text))
                rest = rest[(place + 1)...]
            } else {
                rows.append(Row(title: section.title, left: section.text, right: nil))
            }
        }
        return rows + rest.map { Row(title: $0.title, left: nil, right: $0.text) }
    }

    private static func row(_ row: Row, id: String, _ left: TraceRunView, _ right: TraceRunView) -> HTML {
        let title = NamedText.render(row.title)
        guard let before = row.left, let after = row.right else {
            let only = row.left == nil ? right.attempt.number : left.attempt.number
            let text = row.left ?? row.right ?? ""
            let block = PayloadBlock.content(of: .text(text), id: id)
            return """
                <section class="pair"><h3>\(title) <span class="label">only in run \(only)</span></h3>\
                <div class="trace-pair"><div>\(block, if: row.left != nil)</div><div>\(block, if: row.left == nil)</div></div></section>
                """
        }
        guard before != after else {
            return """
                <section class="pair"><details class="payload folded"><summary><h3>\(title)</h3> <span class="dim">the same in both</span></summary>\
                \(PayloadBlock.content(of: .text(before), id: id))</details></section>
                """
        }
        let pieces = WordDiff(from: before, to: after).pieces
        return """
            <section class="pair"><h3>\(title) <span class="label">differs</span></h3><div class="trace-pair">\
            <div><pre class="text" tabindex="0">\n\(marked(pieces, isLeft: true))</pre></div>\
            <div><pre class="text" tabindex="0">\n\(marked(pieces, isLeft: false))</pre></div></div></section>
            """
    }

    /// One side, with what the other one has not.
    private static func marked(_ pieces: [WordDiff.Piece], isLeft: Bool) -> [HTML] {
        pieces.compactMap { piece in
            switch piece {
            case .same(let text): NamedText.render(text)
            case .removed(let text): isLeft ? "<del>\(NamedText.render(text))</del>" : nil
            case .added(let text): isLeft ? nil : "<ins>\(NamedText.render(text))</ins>"
            }
        }
    }
}
