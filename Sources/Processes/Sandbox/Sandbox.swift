internal import Core
internal import Glibc

/// How commands are confined on this machine.
public struct Sandbox: Sendable {
    public enum State: Sendable {
        case bubblewrap(Bubblewrap)
        /// Process group and limits; why no more.
        case processGroup(reason: String)
        /// No command may run; why.
        case refused(reason: String)
    }

    public let state: State

    /// Finds out what works here, by running a program in the sandbox once: namespaces are forbidden on many machines, and
    /// nothing but trying tells.
    /// - Parameter directory: the data directory, nothing of which a command may see but its task's own.
    public static func prepare(_ mode: SandboxMode = .auto, hiding directory: String? = nil) async -> Sandbox {
        guard mode != .none else { return Sandbox(state: .processGroup(reason: "the settings say sandbox: none")) }
        do {
            return Sandbox(state: .bubblewrap(try await Bubblewrap.find(hiding: directory).probed()))
        } catch {
            let reason = (error as? SignalboxError)?.message ?? "\(error)"
            return Sandbox(
                state: mode == .auto ? .processGroup(reason: reason) : .refused(reason: reason))
        }
    }

    /// What would confine commands under that setting on this machine, as a sentence for people.
    public static func describe(_ mode: SandboxMode = .auto) async -> String { await prepare(mode).sentence }

    /// One word for it: `bubblewrap`, `process group`, or `refused` when no command may run.
    public var name: String {
        switch state {
        case .bubblewrap: "bubblewrap"
        case .processGroup: "process group"
        case .refused: "refused"
        }
    }

    /// Whether programs can write where they are allowed to, and nowhere else.
    public var isConfining: Bool { if case .bubblewrap = state { true } else { false } }

    /// What it does, and why it does no more.
    public var sentence: String {
        switch state {
        case .bubblewrap(let bubblewrap):
            "Commands run in bubblewrap (\(bubblewrap.program)): they write to their task's directory only, see nothing "
                + "of your files, and have no network unless the plan says network: true."
        case .processGroup(let reason):
            "Commands run as a process group with limits; files and network are open to them, because \(reason)."
        case .refused(let reason):
            "No command runs, because the settings say sandbox: bubblewrap, but \(reason)."
        }
    }

    /// Whether commands are confined as the settings ask for.
    public var isRefusing: Bool { if case .refused = state { true } else { false } }
}

extension Bubblewrap {
    /// How long the probe may take.
    private static let probeTime = Duration.seconds(5)

    /// The strictest form that works here.
    /// - Throws: `SignalboxError` with what bubblewrap said, if none does.
    fileprivate func probed() async throws -> Bubblewrap {
        do {
            try await probe()
            return self
        } catch {
            var other = self
            other.isStrict = false
            try await other.probe()
            return other
        }
    }

    /// Runs a program that does nothing.
    private func probe() async throws {
        let directory = try await onOwnThread("sandbox") { try Self.makeProbeDirectory() }
        defer { FileSystem.remove(directory) }
        var spec = ProcessSpec(arguments: ["true"], directory: directory, timeLimit: Self.probeTime)
        spec.bubblewrap = self
        let outcome = try await ChildProcess.run(spec)
        guard !outcome.isSuccess else { return }
        let lines = String(decoding: outcome.stderr.suffix(4096), as: UTF8.self).split(whereSeparator: \.isNewline)
        let said = lines.last.map { ": " + $0.trimmingPrefix("bwrap: ") } ?? ""
        throw SignalboxError(.unavailable, "bubblewrap does not work here\(said)")
    }

    private static func makeProbeDirectory() throws -> String {
        var template = Array("/tmp/signalbox-sandbox-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw FileSystem.failure("No directory can be made in /tmp") }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
