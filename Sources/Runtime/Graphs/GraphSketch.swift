/// A graph to be laid out: boxes of a known size, arrows, and frames around some of the boxes. It has no words, so nothing
/// that somebody wrote ever reaches the program that lays it out.
public struct GraphSketch: Sendable, Hashable {
    /// A box, in pixels.
    public struct Node: Sendable, Hashable {
        public var width: Int
        public var height: Int
        /// The frame it stands in, as its place among the frames; nil for none.
        public var frame: Int?
        /// Whether what its arrows lead to stands in the order of the arrows.
        public var keepsOrder: Bool

        public init(width: Int, height: Int, frame: Int? = nil, keepsOrder: Bool = false) {
            self.width = width
            self.height = height
            self.frame = frame
            self.keepsOrder = keepsOrder
        }
    }

    /// An arrow between two boxes, by their places.
    public struct Edge: Sendable, Hashable {
        public var tail: Int
        public var head: Int

        public init(_ tail: Int, _ head: Int) {
            self.tail = tail
            self.head = head
        }
    }

    public var nodes: [Node]
    public var edges: [Edge]
    /// Of each frame the one it stands in, which comes before it; nil for none.
    public var frames: [Int?]

    public init(nodes: [Node], edges: [Edge], frames: [Int?] = []) {
        self.nodes = nodes
        self.edges = edges
        self.frames = frames
    }
}
