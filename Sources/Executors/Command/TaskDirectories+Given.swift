internal import Core
internal import Engine
internal import Plans
internal import Synchronization

/// Tasks whose `in/` and `plan/` are known to hold nothing but what was given.
final class SettledTasks: Sendable {
    /// As many are remembered; of the others it is looked at once more.
    private static let maximum = 10_000

    private let numbers = Mutex<Set<TaskNumber>>([])

    func contains(_ task: TaskNumber) -> Bool { numbers.withLock { $0.contains(task) } }

    func insert(_ task: TaskNumber) {
        numbers.withLock { numbers in
            if numbers.count >= Self.maximum { numbers = [] }
            numbers.insert(task)
        }
    }
}

extension TaskDirectories {
    /// Makes `in/` and `plan/`, and removes from them what was not put there by us or has been changed since. In the
    /// sandbox programs cannot write there, so it is looked at once by each engine; where there is none, each time.
    func settleGiven(of work: StepWork, in root: borrowing ConfinedDirectory) throws {
        if areProgramsConfined, settled.contains(work.task) { return }
        let given = Dictionary(work.files.map { ($0.name, $0.hash) }, uniquingKeysWith: { first, _ in first })
        try settle("in", of: root, holding: Set(given.keys)) { given[$0] }
        let files = work.plan.files
        try settle("plan", of: root, holding: Set(files.keys)) { files[$0].map { ContentHash(of: Array($0.utf8)) } }
        if areProgramsConfined { settled.insert(work.task) }
    }

    private func settle(
        _ folder: String, of root: borrowing ConfinedDirectory, holding paths: Set<String>,
        _ hash: (String) -> ContentHash?
    ) throws {
        if let kind = root.kind(folder), kind != .directory { root.remove(folder) }
        try clear(try root.directory(folder, isMade: true), below: "", holding: paths, hash)
    }

    /// - Parameters:
    ///   - prefix: the directory's path in the folder, with a slash at its end; empty for the folder itself.
    ///   - hash: of what belongs at a path of the folder.
    private func clear(
        _ directory: borrowing ConfinedDirectory, below prefix: String, holding paths: Set<String>,
        _ hash: (String) -> ContentHash?
    ) throws {
        for name in try directory.names() {
            let path = prefix + name
            if directory.kind(name) == .directory, paths.contains(where: { $0.hasPrefix(path + "/") }) {
                try clear(try directory.directory(name), below: path + "/", holding: paths, hash)
            } else if let hash = hash(path), try directory.holds(hash, name) {
                continue
            } else {
                directory.remove(name)
            }
        }
    }
}
