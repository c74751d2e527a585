/// What can be said about steps from their needs alone.
enum StepGraph {
    /// Cycles among nodes, each beginning with its first node in order; every node is in at most one of them.
    /// - Parameter needs: for each node the nodes it needs, in ascending order.
    static func cycles(_ needs: [[Int]]) -> [[Int]] {
        var remaining = Set(needs.indices)
        var cycles: [[Int]] = []
        while true {
            removeOrdered(&remaining, needs)
            guard let start = remaining.min() else { return cycles }
            // Each node that remains needs another one that remains, so a walk must come back to where it has been.
            var path: [Int] = []
            var positions: [Int: Int] = [:]
            var node = start
            while positions[node] == nil {
                positions[node] = path.count
                path.append(node)
                guard let next = needs[node].first(where: remaining.contains) else {
                    preconditionFailure("a step that needs no remaining step has not been removed")
                }
                node = next
            }
            let cycle = Array(path[(positions[node] ?? 0)...])
            let first = cycle.indices.min { cycle[$0] < cycle[$1] } ?? 0
            cycles.append(Array(cycle[first...] + cycle[..<first]))
            remaining.subtract(cycle)
        }
    }

    /// Removes all nodes that can be put in order: those that need none of the remaining ones, again and again (Kahn's
    /// algorithm).
    private static func removeOrdered(_ remaining: inout Set<Int>, _ needs: [[Int]]) {
        var open = needs.map { $0.count(where: remaining.contains) }
        var neededBy = [[Int]](repeating: [], count: needs.count)
        for node in remaining {
            for need in needs[node] where remaining.contains(need) { neededBy[need].append(node) }
        }
        var ready = remaining.filter { open[$0] == 0 }
        while let node = ready.popFirst() {
            remaining.remove(node)
            for other in neededBy[node] {
                open[other] -= 1
                if open[other] == 0 { ready.insert(other) }
            }
        }
    }
}
