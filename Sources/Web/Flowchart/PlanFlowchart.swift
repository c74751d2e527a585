public import Plans
public import Runtime

/// The flowchart of a plan by itself, as it stands beside its editor: bodies of loops are drawn, states are not.
public enum PlanFlowchart: Sendable {
    /// The drawing in its pane; its page needs `Assets.chartStyles` and `Assets.chartScript`.
    /// - Parameter address: where the step at a place of the plan (`PlanStep.path`) leads to; nil for nowhere.
    public static func svg(
        of plan: Plan, runtime: Runtime, address: (String) -> String? = { _ in nil }
    ) async throws -> HTML {
        let chart = FlowchartBuilder.chart(of: plan) { _ in true }
        let layout = try await runtime.graphs.layout(of: Flowchart.sketch(of: chart, hasStates: false))
        return render(chart, layout, name: plan.name, address: address)
    }

    /// The same, when it is known where everything stands.
    static func render(
        _ chart: Flowchart, _ layout: GraphLayout, name: String, address: (String) -> String?
    ) -> HTML {
        var knowledge = FlowKnowledge()
        for node in chart.nodes {
            switch node.role {
            case .step: knowledge.addresses[node.place] = address(node.place)
            default: break
            }
        }
        let renderer = FlowchartRenderer(
            chart: chart, layout: layout, knowledge: knowledge, label: "Flowchart of the plan \(name)")
        return FlowPane.render(renderer.svg(), shortcoming: layout.shortcoming)
    }
}
