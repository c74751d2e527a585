internal import Core
internal import Plans

/// The plans below directories.
struct PlanDirectory: Sendable {
    private(set) var plans: [Plan] = []
    /// Directories in and below which there is no plan.
    private(set) var withoutPlan: [Passed] = []

    /// A directory of which nothing was taken.
    struct Passed: Sendable, Hashable {
        var directory: String
        /// What may have been meant as plans: the YAML files in it.
        var files: [String]
        /// Whether it stands too deep to be looked into.
        var isTooDeep = false
    }

    private static let depthMaximum = 8
    private static let planName = "plan.yaml"

    /// All plans in files named `plan.yaml` below these directories, in the order of their paths. It blocks.
    /// - Throws: `SignalboxError` with the mistakes of all of them.
    init(below directories: [String]) throws {
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
    }

    /// Links are not followed, and hidden directories are left alone.
    private mutating func paths(below directory: String, depth: Int) throws -> [String] {
        guard depth < Self.depthMaximum else {
            withoutPlan.append(Passed(directory: directory, files: [], isTooDeep: true))
            return []
        }
        let base = directory.hasSuffix("/") ? directory : directory + "/"
        var paths: [String] = []
        var files: [String] = []
        let passedBefore = withoutPlan
        for name in try FileSystem.names(in: directory) where !name.hasPrefix(".") {
            switch FileSystem.kind(base + name) {
            case .file where name == Self.planName: paths.append(base + name)
            case .file where name.hasSuffix(".yaml") || name.hasSuffix(".yml"): files.append(name)
            case .directory: paths += try self.paths(below: base + name, depth: depth + 1)
            default: break
            }
        }
        if paths.contains(base + Self.planName) {
            // What stands beside a plan belongs to it.
            withoutPlan = passedBefore
        } else if paths.isEmpty {
            // Said once, of all of it; what lies too deep may hold some.
            withoutPlan =
                passedBefore + withoutPlan.dropFirst(passedBefore.count).filter(\.isTooDeep)
                + [Passed(directory: directory, files: files)]
        } else if !files.isEmpty {
            withoutPlan.append(Passed(directory: directory, files: files))
        }
        return paths
    }

    /// Says what was taken and what was not, as it is easily mistaken.
    func tell(_ log: Log) {
        for passed in withoutPlan {
            var details: JSONObject = ["directory": .string(passed.directory)]
            if !passed.files.isEmpty {
                let shown = passed.files.prefix(8).joined(separator: ", ")
                details["files"] = .string(
                    passed.files.count > 8 ? "\(shown) and \(passed.files.count - 8) more" : shown)
            }
            log.warning(
                passed.isTooDeep
                    ? "A directory stands too deep to be looked for plans in"
                    : passed.files.isEmpty
                        ? "No plan was saved from a directory: it holds no file plan.yaml"
                        : "Files were not saved as plans: only one that is called plan.yaml is, each in a directory of its own",
                details)
        }
        guard !plans.isEmpty else { return }
        log.info(
            "Saved plans",
            ["plans": .int(Int64(plans.count)), "names": .string(plans.map(\.name).joined(separator: ", "))])
    }
}
