/// A layout without graphviz: a box stands below all that leads to it, those of one row beside each other. Arrows may cross
/// boxes; it is for where graphviz is not installed.
enum LayeredLayout: Sendable {
    private static let rowGap = 34
    private static let columnGap = 24
    private static let framePadding = 12

    /// - Parameter sketch: without circles, as plans are.
    static func layout(of sketch: GraphSketch, shortcoming: String) -> GraphLayout {
        let rows = rows(of: sketch)
        var boxes = [GraphLayout.Box](
            repeating: GraphLayout.Box(x: 0, y: 0, width: 0, height: 0), count: sketch.nodes.count)
        let widths = rows.map { row in
            row.reduce(0) { $0 + sketch.nodes[$1].width } + columnGap * max(0, row.count - 1)
        }
        let width = (widths.max() ?? 0) + 2 * framePadding
        var y = framePadding
        for (row, rowWidth) in zip(rows, widths) {
            var x = (width - rowWidth) / 2
            let height = row.map { sketch.nodes[$0].height }.max() ?? 0
            for place in row {
                let node = sketch.nodes[place]
                boxes[place] = GraphLayout.Box(
                    x: x, y: y + (height - node.height) / 2, width: node.width, height: node.height)
                x += node.width + columnGap
            }
            y += height + rowGap
        }
        let edges = sketch.edges.map { curve(from: boxes[$0.tail], to: boxes[$0.head]) }
        return GraphLayout(
            width: width, height: max(0, y - rowGap) + framePadding, nodes: boxes, edges: edges,
            frames: frames(of: sketch, boxes), shortcoming: shortcoming)
    }

    private static func rows(of sketch: GraphSketch) -> [[Int]] {
        var depth = [Int](repeating: 0, count: sketch.nodes.count)
        // Each round moves something down, and none further down than there are boxes.
        for _ in sketch.nodes.indices {
            var isMoved = false
            for edge in sketch.edges where depth[edge.head] <= depth[edge.tail] {
                depth[edge.head] = depth[edge.tail] + 1
                isMoved = true
            }
            guard isMoved else { break }
        }
        var rows = [[Int]](repeating: [], count: (depth.max() ?? -1) + 1)
        for (place, row) in depth.enumerated() where row < rows.count { rows[row].append(place) }
        return rows
    }

    private static func curve(from tail: GraphLayout.Box, to head: GraphLayout.Box) -> GraphLayout.Curve {
        let start = GraphLayout.Point(x: tail.x + tail.width / 2, y: tail.y + tail.height)
        let tip = GraphLayout.Point(x: head.x + head.width / 2, y: head.y)
        let end = GraphLayout.Point(x: tip.x, y: tip.y - 6)
        let middle = (start.y + end.y) / 2
        return GraphLayout.Curve(
            points: [
                start, GraphLayout.Point(x: start.x, y: middle), GraphLayout.Point(x: end.x, y: middle), end,
            ], tip: tip)
    }

    private static func frames(of sketch: GraphSketch, _ boxes: [GraphLayout.Box]) -> [GraphLayout.Box] {
        sketch.frames.indices.map { frame in
            let inside = sketch.nodes.indices.filter { stands(sketch.nodes[$0].frame, in: frame, of: sketch) }
                .map { boxes[$0] }
            guard let left = inside.map(\.x).min(), let top = inside.map(\.y).min(),
                let right = inside.map({ $0.x + $0.width }).max(), let bottom = inside.map({ $0.y + $0.height }).max()
            else { return GraphLayout.Box(x: 0, y: 0, width: 0, height: 0) }
            return GraphLayout.Box(
                x: left - framePadding, y: top - framePadding, width: right - left + 2 * framePadding,
                height: bottom - top + 2 * framePadding)
        }
    }

    private static func stands(_ frame: Int?, in other: Int, of sketch: GraphSketch) -> Bool {
        var around = frame
        while let next = around {
            if next == other { return true }
            around = sketch.frames[next]
        }
        return false
    }
}
