internal import Core
internal import Runtime
internal import Store
internal import Synchronization

/// The files that the steps of tasks have handed out. They stand in the results of single steps, so that a page that is
/// made ten times a second reads only the results that have come since the last time.
final class KeptFiles: Sendable {
    static let shared = KeptFiles()

    private struct Known: Sendable {
        var id: TaskID
        var files: [FileView] = []
        var position = Position.zero
    }

    /// How many tasks are remembered.
    private static let tasksMaximum = 64
    /// How many files of a task a page lists.
    private static let filesMaximum = 500

    private let known = Mutex<[TaskNumber: Known]>([:])

    /// All of them, in the order in which they were made.
    func files(of task: TaskRow, _ runtime: Runtime) async throws -> [FileView] {
        var mine = known.withLock { $0[task.number] }.flatMap { $0.id == task.id ? $0 : nil } ?? Known(id: task.id)
        guard mine.position < task.position else { return mine.files }
        let (files, position) = try await runtime.filesKept(in: task, after: mine.position)
        mine.files = Array((mine.files + files.map { FileView($0) }).prefix(Self.filesMaximum))
        mine.position = position
        known.withLock { [mine] known in
            if known.count >= Self.tasksMaximum, known[task.number] == nil { known.removeAll(keepingCapacity: true) }
            known[task.number] = mine
        }
        return mine.files
    }
}
