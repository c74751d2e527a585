internal import Core

extension SchemaCompiler {
    /// Refuses schemas that apply to a value only if they apply to it: validation would never end. Also refuses chains
    /// that are longer than a validation goes down.
    mutating func refuseCircles() {
        let following = nodes.map { node in node.rules.flatMap(\.check.inPlace) }
        var preceding = [[Int]](repeating: [], count: nodes.count)
        for (node, targets) in following.enumerated() {
            for target in targets { preceding[target].append(node) }
        }
        // Kahn's order from the ends backwards: what leads into no circle is taken away, with the length of its chain.
        var waiting = following.map(\.count)
        var length = [Int](repeating: 1, count: nodes.count)
        var ready = nodes.indices.filter { waiting[$0] == 0 }
        while let node = ready.popLast() {
            if length[node] > Limits.schemaDepthMaximum {
                index.report(
                    "more than \(Limits.schemaDepthMaximum) schemas apply one inside the other",
                    at: location(of: node))
                return
            }
            for previous in preceding[node] {
                length[previous] = max(length[previous], length[node] + 1)
                waiting[previous] -= 1
                if waiting[previous] == 0 { ready.append(previous) }
            }
        }
        guard var node = waiting.firstIndex(where: { $0 > 0 }) else { return }
        // Each that is left leads to another that is left, so that walking on ends up within a circle.
        for _ in nodes.indices {
            node = following[node].first { waiting[$0] > 0 } ?? node
        }
        index.report(
            "the schema refers to itself for the same value", at: location(of: node),
            hint: "a schema may refer to itself only for members or elements, as in \"items\"")
    }
}
