internal import Core
internal import Synchronization

/// Waits for the line in which a server says that it is ready, and reads how much memory it holds then.
final class ReadyWatch: Sendable {
    private struct State {
        var text: [UInt8] = []
        var readyAt: ContinuousClock.Instant?
        var kilobytes: Double?
    }

    private let state = Mutex(State())

    /// Whether the server has become ready with these bytes.
    func sees(_ bytes: [UInt8], at now: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            state.text += bytes
            guard state.readyAt == nil, String(decoding: state.text, as: UTF8.self).contains("http://") else {
                return false
            }
            state.readyAt = now
            return true
        }
    }

    /// Reads the resident memory of the process whose number stands first in that file. Not its proportional share: the
    /// process that measures runs the same program, and would be counted with half of all that both share.
    func read(memoryOf lockFile: String) {
        guard let text = try? FileSystem.readToEnd(lockFile),
            let process = String(decoding: text, as: UTF8.self).split(separator: "\n").first,
            let smaps = try? FileSystem.readToEnd("/proc/\(process)/smaps_rollup")
        else { return }
        let line = String(decoding: smaps, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("Rss:") }
        let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }
        state.withLock { $0.kilobytes = kilobytes }
    }

    func figures(since started: ContinuousClock.Instant) -> StartProbe.Figures? {
        state.withLock { state in
            guard let readyAt = state.readyAt, let kilobytes = state.kilobytes else { return nil }
            return StartProbe.Figures(
                readyMilliseconds: (readyAt - started) / .milliseconds(1), idleMemoryMegabytes: kilobytes / 1024)
        }
    }
}
