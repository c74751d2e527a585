public import CEL

/// One of several paths is taken: the first whose condition holds, or the one that an agent chooses; else `otherwise`.
/// Where none is taken the output is null.
public struct BranchDefinition: Sendable {
    /// In the order they were written.
    public var paths: [Path]
    public var otherwise: StepBlock?
    /// The agent that chooses; the paths have no conditions then.
    public var chooser: AgentCallDefinition?

    public struct Path: Sendable {
        public var name: String
        /// What it is for: an agent that chooses is told.
        public var summary: String?
        public var condition: Expression?
        public var block: StepBlock

        public init(name: String, summary: String?, condition: Expression?, block: StepBlock) {
            self.name = name
            self.summary = summary
            self.condition = condition
            self.block = block
        }
    }

    /// The name under which the path stands that is taken when no other is.
    public static let otherwiseName = "otherwise"

    public init(paths: [Path], otherwise: StepBlock?, chooser: AgentCallDefinition?) {
        self.paths = paths
        self.otherwise = otherwise
        self.chooser = chooser
    }

    /// All paths, the last resort included.
    public var allPaths: [Path] {
        paths
            + (otherwise.map { [Path(name: Self.otherwiseName, summary: nil, condition: nil, block: $0)] } ?? [])
    }
}
