internal import Core

/// The language of `dot`, and what it answers (https://graphviz.org/docs/outputs/json/).
enum GraphvizText: Sendable {
    private static let pixelsPerInch = 72.0

    /// The sketch for `dot`: numbers and nothing else.
    static func source(of sketch: GraphSketch) -> String {
        var text = "digraph {\ngraph [nodesep=0.32, ranksep=0.42, margin=0]\n"
        text += "node [shape=box, fixedsize=true, label=\"\"]\nedge [arrowsize=0.6]\n"
        text += frame(nil, of: sketch)
        for edge in sketch.edges { text += "n\(edge.tail) -> n\(edge.head)\n" }
        return text + "}\n"
    }

    private static func frame(_ frame: Int?, of sketch: GraphSketch) -> String {
        var text = ""
        for (place, node) in sketch.nodes.enumerated() where node.frame == frame {
            let width = Double(node.width) / pixelsPerInch
            let height = Double(node.height) / pixelsPerInch
            text += "n\(place) [width=\(width), height=\(height)\(node.keepsOrder ? ", ordering=out" : "")]\n"
        }
        for (place, holder) in sketch.frames.enumerated() where holder == frame {
            text += "subgraph cluster_\(place) {\nmargin=14\n\(self.frame(place, of: sketch))}\n"
        }
        return text
    }

    /// Reads what `dot -Tjson0` has made of `source(of:)`.
    /// - Throws: `SignalboxError` with code `internal` when it is anything else.
    static func layout(_ answer: [UInt8], of sketch: GraphSketch) throws -> GraphLayout {
        let json = try JSON(parsing: answer)
        guard let whole = numbers(json["bb"]), whole.count == 4 else { throw unreadable }
        let height = whole[3]
        func point(_ x: Double, _ y: Double) -> GraphLayout.Point {
            GraphLayout.Point(x: Int(x.rounded()), y: Int((height - y).rounded()))
        }
        var layout = GraphLayout(
            width: Int(whole[2].rounded(.up)), height: Int(height.rounded(.up)), nodes: [], edges: [], frames: [])
        var nodes: [Int: GraphLayout.Box] = [:]
        var frames: [Int: GraphLayout.Box] = [:]
        var places: [Int64: Int] = [:]
        for object in json["objects"]?.arrayValue ?? [] {
            guard let name = object["name"]?.stringValue else { throw unreadable }
            if name.hasPrefix("cluster_"), let place = Int(name.dropFirst(8)) {
                guard let box = numbers(object["bb"]), box.count == 4 else { throw unreadable }
                let corner = point(box[0], box[3])
                frames[place] = GraphLayout.Box(
                    x: corner.x, y: corner.y, width: Int((box[2] - box[0]).rounded()),
                    height: Int((box[3] - box[1]).rounded()))
            } else if name.hasPrefix("n"), let place = Int(name.dropFirst()), sketch.nodes.indices.contains(place) {
                guard let centre = numbers(object["pos"]), centre.count == 2, let id = object["_gvid"]?.intValue else {
                    throw unreadable
                }
                let (middle, size) = (point(centre[0], centre[1]), sketch.nodes[place])
                places[id] = place
                nodes[place] = GraphLayout.Box(
                    x: middle.x - size.width / 2, y: middle.y - size.height / 2, width: size.width,
                    height: size.height)
            }
        }
        var curves: [GraphSketch.Edge: GraphLayout.Curve] = [:]
        for edge in json["edges"]?.arrayValue ?? [] {
            guard let tail = edge["tail"]?.intValue.flatMap({ places[$0] }),
                let head = edge["head"]?.intValue.flatMap({ places[$0] }), let text = edge["pos"]?.stringValue
            else { throw unreadable }
            curves[GraphSketch.Edge(tail, head)] = try curve(text, point)
        }
        layout.nodes = sketch.nodes.indices.compactMap { nodes[$0] }
        layout.frames = sketch.frames.indices.compactMap { frames[$0] }
        layout.edges = sketch.edges.compactMap { curves[$0] }
        guard layout.nodes.count == sketch.nodes.count, layout.frames.count == sketch.frames.count,
            layout.edges.count == sketch.edges.count
        else { throw unreadable }
        return layout
    }

    /// `e,88,180 88,215 88,207 88,198 88,190`: the tip, then the points of the curves.
    private static func curve(
        _ text: String, _ point: (Double, Double) -> GraphLayout.Point
    ) throws -> GraphLayout.Curve {
        var points: [GraphLayout.Point] = []
        var tip: GraphLayout.Point?
        for part in text.split(separator: " ") {
            let isTip = part.hasPrefix("e,")
            guard let pair = numbers(.string(String(isTip ? part.dropFirst(2) : part))), pair.count == 2 else {
                throw unreadable
            }
            if isTip { tip = point(pair[0], pair[1]) } else { points.append(point(pair[0], pair[1])) }
        }
        guard points.count % 3 == 1, let last = points.last else { throw unreadable }
        return GraphLayout.Curve(points: points, tip: tip ?? last)
    }

    private static func numbers(_ value: JSON?) -> [Double]? {
        guard let text = value?.stringValue else { return nil }
        let numbers = text.split(separator: ",").map { Double($0) }
        // What graphviz means by an overflow is no place.
        return numbers.allSatisfy { $0.map { $0.isFinite && abs($0) < 1e7 } ?? false }
            ? numbers.compactMap(\.self) : nil
    }

    private static var unreadable: SignalboxError {
        SignalboxError(.internal, "What graphviz has made of a graph cannot be read.")
    }
}
