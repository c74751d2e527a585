public import Core

/// A program that the plan makes a tool: it gets the arguments as JSON on stdin, and what it writes is the result.
public struct ProgramToolOptions: Sendable, Hashable {
    /// What the model calls it by.
    public var name: String
    /// What it does, for the model.
    public var summary: String
    /// What its arguments must be: a JSON Schema of an object.
    public var parameters: JSON
    /// Program and arguments.
    public var arguments: [String]
    /// Files of the plan that it finds under `plan/`.
    public var planFiles: [String]
    /// Whether it may use the network.
    public var hasNetwork: Bool
    /// How long a call may take, in milliseconds; nil for the default.
    public var timeoutMilliseconds: Int64?

    public init(
        name: String, summary: String, parameters: JSON, arguments: [String], planFiles: [String] = [],
        hasNetwork: Bool = false, timeoutMilliseconds: Int64? = nil
    ) {
        self.name = name
        self.summary = summary
        self.parameters = parameters
        self.arguments = arguments
        self.planFiles = planFiles
        self.hasNetwork = hasNetwork
        self.timeoutMilliseconds = timeoutMilliseconds
    }
}
