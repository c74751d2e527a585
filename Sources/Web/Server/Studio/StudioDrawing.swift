internal import Plans

/// Plans as graphs.
enum StudioDrawing: Sendable {
    /// The steps of a plan as a graph; nil where it cannot be drawn.
    static func flowchart(of plan: Plan) async throws -> HTML? { nil }
}
