internal import Core

/// The figures of the flame view as a table, by step, agent and model.
enum CostTable: Sendable {
    static func render(_ view: CostsView) -> HTML {
        let root = view.root
        return """
            <div class="cost-table"><table>
            <thead><tr><th scope="col">Step</th><th scope="col">Agent</th><th scope="col">Model</th>\
            <th scope="col" class="figure">Calls</th><th scope="col" class="figure">Input</th>\
            <th scope="col" class="figure">Cached</th><th scope="col" class="figure">Output</th>\
            <th scope="col" class="figure">Tokens</th><th scope="col" class="figure">Cost</th></tr></thead>
            <tbody>\(view.lines.map(line))</tbody>
            <tfoot><tr><th scope="row" colspan="4">In all</th>\(figures(root.usage, root.costView))</tr></tfoot>
            </table></div>
            """
    }

    private static func line(_ line: CostLine) -> HTML {
        let name: HTML = NamedText.render(FlowWords.short(line.step, 80))
        let step: HTML = line.address.map { "<a href=\"\(Address.own($0))\">\(name)</a>" } ?? name
        let cost = CostView(line.cost, isKnown: line.isCostKnown, isUsed: true)
        return """
            <tr><th scope="row">\(step)</th><td>\(line.agent.map { NamedText.render($0) })</td>\
            <td>\(line.model.map { Parts.model(ModelView(name: $0)) })</td>\
            <td class="figure">\(line.calls.map { Format.grouped(Int64($0)) })</td>\(figures(line.usage, cost))</tr>

            """
    }

    private static func figures(_ usage: TokenUsage, _ cost: CostView) -> HTML {
        let cached = usage.cacheRead + usage.cacheWrite + usage.cacheWriteHour
        return """
            <td class="figure">\(Format.grouped(usage.input))</td><td class="figure">\(Format.grouped(cached))</td>\
            <td class="figure">\(Format.grouped(usage.output))</td>\
            <td class="figure">\(Parts.tokens(TokensView(usage)))</td><td class="figure">\(Parts.cost(cost))</td>
            """
    }
}
