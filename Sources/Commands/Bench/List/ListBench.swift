internal import Core
internal import Glibc
internal import Runtime
internal import Store

/// Fills a database with tasks and measures how long lists of them take.
struct ListBench: Sendable {
    private static let batch: Int64 = 4_096

    let directory: DataDirectory
    let tasks: Int
    /// Hears of progress.
    let say: @Sendable (String) -> Void

    /// What came out.
    struct Figures: Sendable {
        /// Milliseconds, by the kind of question, sorted.
        var times: [ListQuestion.Kind: [Double]] = [:]
        /// The slowest questions.
        var slowest: [(milliseconds: Double, question: ListQuestion)] = []
        var filledPerSecond: Double?

        /// Of all questions together.
        var all: [Double] { times.values.flatMap(\.self).sorted() }

        static func percentile(_ share: Int, of sorted: [Double]) -> Double {
            sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, sorted.count * share / 100)]
        }
    }

    func run() async throws -> Figures {
        var figures = Figures()
        if !FileSystem.exists(directory.path + "/signalbox.db") {
            figures.filledPerSecond = try await onOwnThread("fill") { try fill() }
        }
        try await onOwnThread("warm") { try readThrough() }
        let runtime = try await Runtime.start(RuntimeConfiguration(directory: directory, log: .silent), duty: .notes)
        let questions = ListQuestions.make(seed: 11, combinations: 200)
        for question in questions {
            let milliseconds = try await ask(question, runtime)
            figures.times[question.kind, default: []].append(milliseconds)
            figures.slowest.append((milliseconds, question))
        }
        await runtime.stop()
        for kind in ListQuestion.Kind.allCases { figures.times[kind]?.sort() }
        figures.slowest = Array(figures.slowest.sorted { $0.milliseconds > $1.milliseconds }.prefix(12))
        return figures
    }

    /// Reads the database once, so that the system has it in its cache as that of a server that is in use.
    private func readThrough() throws {
        let path = directory.path + "/signalbox.db"
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw FileSystem.failure("The file \(path) cannot be read") }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while unsafe buffer.withUnsafeMutableBytes({ unsafe read(file, $0.baseAddress, $0.count) }) > 0 {}
    }

    /// Tasks a second.
    private func fill() throws -> Double {
        var samples = SampleTasks(seed: 7, count: tasks)
        let clock = ContinuousClock()
        let started = clock.now
        try ProjectionFill.run(in: directory) { commit in
            for first in stride(from: Int64(1), through: Int64(tasks), by: Int64.Stride(Self.batch)) {
                var batch = WriteBatch()
                for number in first..<min(first + Self.batch, Int64(tasks) + 1) {
                    let (row, text) = samples.task(number)
                    batch.tasks.append(row)
                    batch.texts.append(text)
                }
                try commit(batch)
                if (first - 1) / Self.batch % 100 == 99 { say("\(first + Self.batch - 1) tasks are there") }
            }
        }
        return Double(tasks) / ((clock.now - started) / .seconds(1))
    }

    /// Milliseconds that one question takes; what has to be known before it is asked is not counted.
    private func ask(_ question: ListQuestion, _ runtime: Runtime) async throws -> Double {
        let clock = ContinuousClock()
        var query = question.query
        if question.depth > 0 {
            let listing = try await runtime.tasks(query)
            let reachable = listing.isTotalExact ? listing.total : Limits.numberedTasksMaximum
            let pages = (reachable + query.size - 1) / query.size
            query.page = max(1, Int((question.depth * Double(pages)).rounded(.up)))
        }
        if question.kind == .cursor {
            query.cursor = try await runtime.tasks(query).next
            query.page = 1
        }
        let started = clock.now
        if let facet = question.facet {
            _ = try await runtime.taskCounts(facet, query.filter)
        } else {
            _ = try await runtime.tasks(query)
        }
        return (clock.now - started) / .milliseconds(1)
    }
}
