internal import Core
internal import Glibc
internal import Processes

/// What is kept of a command's run.
struct CommandTrace {
    private let outcome: ProcessOutcome
    private let spec: ProcessSpec
    private let sandbox: Sandbox

    init(_ outcome: ProcessOutcome, _ spec: ProcessSpec, _ sandbox: Sandbox) {
        self.outcome = outcome
        self.spec = spec
        self.sandbox = sandbox
    }

    /// Stdout as JSON if it is JSON, else as text without the line ends at its end.
    var output: JSON {
        let end = outcome.stdout.lastIndex { $0 != 0x0A && $0 != 0x0D }.map { $0 + 1 } ?? 0
        return JSON(valueOrText: Array(outcome.stdout[..<end]))
    }

    /// - Parameter withOutput: also stdout; without it when the step's output is stdout already.
    func json(withOutput: Bool) -> JSON {
        var object: JSONObject = [:]
        switch outcome.ending {
        case .exited(let code): object["exit_code"] = .int(Int64(code))
        case .signalled(let signal): object["signal"] = .int(Int64(signal))
        }
        if withOutput { object["stdout"] = text(outcome.stdout) }
        if !outcome.stderr.isEmpty { object["stderr"] = text(outcome.stderr) }
        if isExcerpt { object["excerpt"] = true }
        object["sandbox"] = .string(sandbox.name)
        object["sandbox_note"] = .string(note)
        return .object(object)
    }

    /// What the sandbox meant for this run.
    private var note: String {
        guard let bubblewrap = spec.bubblewrap else { return sandbox.sentence }
        return "It wrote to its task's directory only and saw nothing of the user's files; the network was "
            + (bubblewrap.hasNetwork ? "on (network: true)." : "off.")
    }

    /// How it ended, with the last line of stderr, which mostly says why.
    var sentence: String {
        let program = spec.arguments.first ?? ""
        let lines = String(decoding: outcome.stderr.suffix(4096), as: UTF8.self).split(whereSeparator: \.isNewline)
        let last = lines.last { !$0.allSatisfy(\.isWhitespace) }.map { String($0.prefix(300)) }
        if spec.bubblewrap != nil, outcome.ending == .exited(code: 1), let said = last, said.hasPrefix("bwrap: ") {
            return "The sandbox could not start \(program): \(said.dropFirst("bwrap: ".count))."
        }
        let how = last.map { ": \($0)" } ?? " and wrote nothing to stderr."
        return "\(program) \(ending)\(how)\(hiddenFiles)"
    }

    private var ending: String {
        switch outcome.ending {
        case .exited(let code):
            // Bubblewrap tells of a signal as shells do.
            spec.bubblewrap != nil && (129...192).contains(code)
                ? "ended with exit code \(code) (128 and signal \(code - 128)\(meaning(of: code - 128)))"
                : "ended with exit code \(code)"
        case .signalled(let signal): "was ended by signal \(signal)\(meaning(of: signal))"
        }
    }

    private func meaning(of signal: Int32) -> String {
        signal == SIGXFSZ ? ", a file larger than \(Limits.commandFileBytesMaximum >> 30) GiB" : ""
    }

    /// Files that it was told to use and cannot have found: mostly the reason of the failure.
    private var hiddenFiles: String {
        let hidden = spec.bubblewrap?.hiddenArguments(of: spec) ?? []
        guard !hidden.isEmpty else { return "" }
        return
            "\nThe sandbox does not show \(hidden.joined(separator: ", ")): name files of the plan in \"files\", and "
            + "give others to the task."
    }

    /// Of a program that wrote too much, the beginning shows what it was.
    private var isExcerpt: Bool { if case .outputLimit = outcome.reason { true } else { false } }

    private func text(_ bytes: [UInt8]) -> JSON {
        let kept = isExcerpt ? bytes.prefix(Limits.commandExcerptBytesMaximum) : bytes[...]
        return .string(String(decoding: kept, as: UTF8.self))
    }
}
