/// Where everything of a `GraphSketch` stands, in pixels from the upper left corner, in the order of the sketch.
public struct GraphLayout: Sendable, Hashable {
    public struct Point: Sendable, Hashable {
        public var x: Int
        public var y: Int

        public init(x: Int, y: Int) {
            self.x = x
            self.y = y
        }
    }

    public struct Box: Sendable, Hashable {
        public var x: Int
        public var y: Int
        public var width: Int
        public var height: Int

        public init(x: Int, y: Int, width: Int, height: Int) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
        }
    }

    /// An arrow: where it begins, three points for each cubic curve that follows, and its tip.
    public struct Curve: Sendable, Hashable {
        public var points: [Point]
        public var tip: Point

        public init(points: [Point], tip: Point) {
            self.points = points
            self.tip = tip
        }
    }

    public var width: Int
    public var height: Int
    public var nodes: [Box]
    public var edges: [Curve]
    public var frames: [Box]
    /// Why it is plainer than it could be, and what to do about it; nil when graphviz has made it.
    public var shortcoming: String?

    public init(
        width: Int, height: Int, nodes: [Box], edges: [Curve], frames: [Box], shortcoming: String? = nil
    ) {
        self.width = width
        self.height = height
        self.nodes = nodes
        self.edges = edges
        self.frames = frames
        self.shortcoming = shortcoming
    }
}
