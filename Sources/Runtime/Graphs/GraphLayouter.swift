internal import Core
internal import Processes
internal import Synchronization

/// Lays graphs out with graphviz's `dot`, as a child process with a time limit; where it is not installed or fails, a plain
/// layout stands in, which says so. The same graph is laid out once.
public final class GraphLayouter: Sendable {
    /// What `doctor` and pages say about where `dot` comes from.
    static let hint = "Install graphviz, for example with `apt-get install graphviz`."
    private static let timeLimit = Duration.seconds(4)
    /// Of a graph with as many steps as a plan may have it writes about a megabyte.
    private static let answerBytesMaximum = 16 << 20
    private static let keptMaximum = 128

    /// Where the program starts; it is made when it is first needed.
    private let directory: String
    private let kept = Mutex<[GraphSketch: GraphLayout]>([:])

    init(directory: String) {
        self.directory = directory
    }

    /// Where everything stands.
    /// - Throws: `CancellationError` alone.
    public func layout(of sketch: GraphSketch) async throws -> GraphLayout {
        if let layout = kept.withLock({ $0[sketch] }) { return layout }
        let layout: GraphLayout
        do {
            layout = try await graphvizLayout(of: sketch)
        } catch let error as SignalboxError {
            layout = LayeredLayout.layout(
                of: sketch, shortcoming: error.hint.map { "\(error.message) \($0)" } ?? error.message)
            // It may be installed at any moment; what it has failed at it would fail at again.
            guard error.code != .notFound else { return layout }
        }
        kept.withLock { kept in
            if kept.count >= Self.keptMaximum { kept.removeAll() }
            kept[sketch] = layout
        }
        return layout
    }

    private func graphvizLayout(of sketch: GraphSketch) async throws -> GraphLayout {
        try FileSystem.createDirectory(directory)
        var spec = ProcessSpec(
            arguments: ["dot", "-Tjson0"], directory: try FileSystem.resolve(directory),
            stdin: Array(GraphvizText.source(of: sketch).utf8),
            timeLimit: Self.timeLimit, stdoutBytesMaximum: Self.answerBytesMaximum, stopGrace: .zero)
        spec.stderrBytesMaximum = 64 << 10
        do {
            _ = try spec.resolveProgram()
        } catch {
            throw SignalboxError(
                .notFound, "The graph is drawn plainly, because the program `dot` of graphviz is not installed.",
                hint: Self.hint)
        }
        let outcome = try await ChildProcess.run(spec)
        switch outcome.reason {
        case .ended where outcome.isSuccess: return try GraphvizText.layout(outcome.stdout, of: sketch)
        case .timeLimit:
            throw SignalboxError(
                .limit, "The graph is drawn plainly, because graphviz has not laid it out in 4 seconds.")
        default: throw SignalboxError(.internal, "The graph is drawn plainly, because graphviz has failed at it.")
        }
    }

    /// Whether `dot` can be found, as its path.
    /// - Throws: `SignalboxError` that says where it was looked for.
    static func program() throws -> String {
        try ProcessSpec(arguments: ["dot"], directory: "/").resolveProgram()
    }
}
