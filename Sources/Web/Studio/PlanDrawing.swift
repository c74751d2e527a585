/// The graph of a plan, and below it the same in words.
enum PlanDrawing: Sendable {
    static func render(_ flowchart: HTML, outline: HTML) -> HTML {
        """
        <section class="panel plan-flow" aria-labelledby="flow-heading"><h2 id="flow-heading">Flowchart</h2>\(flowchart)\
        <details class="in-words"><summary>The steps in words</summary>\(outline)</details></section>
        """
    }
}
