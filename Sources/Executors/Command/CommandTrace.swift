internal import Core

/// What is kept of a command's run.
struct CommandTrace {
    private let outcome: ProcessOutcome

    init(_ outcome: ProcessOutcome) {
        self.outcome = outcome
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
        object["confinement"] = "process group and limits; files and network are open"
        return .object(object)
    }

    /// How it ended, with the last line of stderr, which mostly says why.
    func sentence(program: String) -> String {
        let ending =
            switch outcome.ending {
            case .exited(let code): "ended with exit code \(code)"
            case .signalled(let signal): "was ended by signal \(signal)"
            }
        let lines = String(decoding: outcome.stderr.suffix(4096), as: UTF8.self).split(whereSeparator: \.isNewline)
        guard let last = lines.last(where: { !$0.allSatisfy(\.isWhitespace) }) else {
            return "\(program) \(ending) and wrote nothing to stderr."
        }
        return "\(program) \(ending): \(last.prefix(300))"
    }

    private func text(_ bytes: [UInt8]) -> JSON { .string(String(decoding: bytes, as: UTF8.self)) }
}
