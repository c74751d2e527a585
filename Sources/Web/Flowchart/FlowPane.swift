/// The pane that a flowchart stands in: it scrolls, and the script adds zoom and dragging, which its buttons are for.
enum FlowPane: Sendable {
    /// - Parameter shortcoming: why the drawing is plainer than it could be.
    static func render(_ drawing: HTML, shortcoming: String?) -> HTML {
        """
        <div class="flow-pane" data-flow>
        \("<p class=\"dim flow-note\">\(shortcoming)</p>", if: shortcoming != nil)\
        <div class="flow-scroll" id="flow-scroll" tabindex="0" role="region" aria-label="Flowchart; arrow keys go along the lines">
        \(drawing)</div>
        <div class="flow-tools" role="group" aria-label="Size of the drawing">\
        \(button("out", "Smaller", "Key −", "<path d=\"M3.5 8h9\"/>"))\
        <output class="flow-percent number" aria-live="off">100 %</output>\
        \(button("in", "Larger", "Key +", "<path d=\"M3.5 8h9M8 3.5v9\"/>"))\
        \(button("fit", "Show all of it", "Key 0", "<path d=\"M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10\"/>"))\
        </div></div>
        """
    }

    private static func button(_ action: StaticString, _ word: StaticString, _ key: StaticString, _ sign: HTML) -> HTML
    {
        """
        <button type="button" class="quiet" data-zoom="\("\(action)")" aria-label="\("\(word)")" title="\("\(word) (\(key))")">\
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">\(sign)</svg></button>
        """
    }
}
