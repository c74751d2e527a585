internal import Core
internal import Plans

/// The plans below directories.
enum PlanDirectory: Sendable {
    private static let depthMaximum = 8

    /// All plans in files named `plan.yaml` below these directories, in the order of their paths. It blocks.
    /// - Throws: `SignalboxError` with the mistakes of all of them.
    static func plans(below directories: [String]) throws -> [Plan] {
        var plans: [Plan] = []
        var diagnostics: [Diagnostic] = []
        for path in try directories.flatMap({ try paths(below: $0, depth: 0) }) {
            do {
                plans.append(try PlanLoader.load(path))
            } catch let error as SignalboxError where !error.diagnostics.isEmpty {
                diagnostics += error.diagnostics
            }
        }
        guard diagnostics.isEmpty else {
            throw SignalboxError(
                .invalidPlan, "The plans have \(Quantity.count(Int64(diagnostics.count), "mistake"))",
                diagnostics: diagnostics)
        }
        return plans
    }

    /// Links are not followed, and hidden directories are left alone.
    private static func paths(below directory: String, depth: Int) throws -> [String] {
        guard depth < depthMaximum else { return [] }
        let base = directory.hasSuffix("/") ? directory : directory + "/"
        var paths: [String] = []
        for name in try FileSystem.names(in: directory) where !name.hasPrefix(".") {
            switch FileSystem.kind(base + name) {
            case .file where name == "plan.yaml": paths.append(base + name)
            case .directory: paths += try Self.paths(below: base + name, depth: depth + 1)
            default: break
            }
        }
        return paths
    }
}
