internal import Core
internal import Glibc
internal import Processes

/// How long this very program takes from its start until it answers, and how much memory it holds when nothing happens.
struct StartProbe: Sendable {
    /// The program to start.
    let program: String
    let directory: String

    struct Figures: Sendable {
        var readyMilliseconds: Double
        var idleMemoryMegabytes: Double
    }

    /// The median of several starts.
    func run() async throws -> Figures {
        var ready: [Double] = []
        var memory: [Double] = []
        for _ in 0..<7 {
            let figures = try await once()
            ready.append(figures.readyMilliseconds)
            memory.append(figures.idleMemoryMegabytes)
        }
        return Figures(
            readyMilliseconds: ready.sorted()[ready.count / 2], idleMemoryMegabytes: memory.sorted()[memory.count / 2])
    }

    private func once() async throws -> Figures {
        let clock = ContinuousClock()
        let started = clock.now
        let probe = ReadyWatch()
        let control = ProcessControl()
        let spec = ProcessSpec(
            arguments: [program, "serve", "--port", "0", "--data", directory + "/start"], directory: directory,
            timeLimit: .seconds(20), stopGrace: .seconds(5))
        _ = try await ChildProcess.run(spec, control: control) { stream, bytes in
            guard stream == .stdout, probe.sees(bytes, at: clock.now) else { return }
            // It has said where it serves; its memory is read while it stands still, then it may go.
            probe.read(memoryOf: directory + "/start/lock")
            control.stop()
        }
        guard let figures = probe.figures(since: started) else {
            throw SignalboxError(.internal, "The server that was started to be measured did not become ready.")
        }
        return figures
    }
}
