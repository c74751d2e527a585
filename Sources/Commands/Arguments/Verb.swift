internal import Core
internal import HTTPClient

/// Something the program can do, as people ask for it: `tasks list`, `run PLAN`.
protocol Verb: Sendable {
    static var syntax: VerbSyntax { get }

    /// Takes what was given.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    init(_ arguments: ParsedArguments) throws

    /// Does it.
    /// - Throws: `SignalboxError`, which ends the program with a code for bad use.
    func run(_ context: CommandContext) async throws -> ExitCode
}

/// How a verb is called.
struct VerbSyntax: Sendable {
    /// `["tasks", "list"]`
    var words: [String]
    /// One sentence without a full stop, for the list of verbs.
    var summary: String
    /// What stands behind the words, without a dash.
    var operands: Operands = .none
    /// What is said when more stands there, and what to do instead; nil to say which word is too many. A word that may be a
    /// secret is not said.
    var surplus: (sentence: String, hint: String)?
    var options: [OptionSyntax] = []
    /// Further sentences for the verb's own help.
    var notes: [String] = []
    /// At least one; all of them are run by a test.
    var examples: [VerbExample]
    /// Words that the first operand can be, if there are only a few, for shells to offer.
    var operandChoices: [String] = []

    var name: String { words.joined(separator: " ") }

    /// How often a verb takes values without a name.
    enum Operands: Sendable {
        case none
        case one(String)
        /// Any number; a verb itself may have two words.
        case words(String)
        case oneOrMore(String)
        /// Exactly these two.
        case two(String, String)

        /// What they are called.
        var names: [String] {
            switch self {
            case .none: []
            case .one(let name), .words(let name), .oneOrMore(let name): [name]
            case .two(let first, let second): [first, second]
            }
        }

        /// As it stands behind the words, with a space before: ` NUMBER…`
        var text: String {
            switch self {
            case .none: ""
            case .one(let name): " \(name)"
            case .words(let name): " [\(name)]"
            case .oneOrMore(let name): " \(name)…"
            case .two(let first, let second): " \(first) \(second)"
            }
        }
    }
}

/// An option of a verb.
struct OptionSyntax: Sendable {
    /// With its two dashes.
    var name: String
    /// What the value is called in the help; nil for an option that has none.
    var value: String?
    var isRepeatable = false
    /// Without a full stop.
    var summary: String
    /// Words that the value can be, or with `=` at their end begin with, for shells to offer.
    var choices: [String] = []

    /// `--tag TAG…`
    var call: String { name + (value.map { " \($0)" } ?? "") + (isRepeatable ? "…" : "") }

    /// The same option, with words for shells to offer.
    func offering(_ choices: [String]) -> OptionSyntax {
        var option = self
        option.choices = choices
        return option
    }

    /// A switch.
    static func flag(_ name: String, _ summary: String) -> OptionSyntax {
        OptionSyntax(name: name, summary: summary)
    }

    /// An option with a value.
    static func value(_ name: String, _ value: String, _ summary: String) -> OptionSyntax {
        OptionSyntax(name: name, value: value, summary: summary)
    }

    /// An option with a value that may be given several times.
    static func values(_ name: String, _ value: String, _ summary: String) -> OptionSyntax {
        OptionSyntax(name: name, value: value, isRepeatable: true, summary: summary)
    }

    static let json = flag("--json", "Print JSON for programs instead of text for people")
    static let data = value("--data", "DIR", "Data directory (default: ~/.local/share/signalbox)")
    static let server = value("--server", "URL", "Ask the server at this address")
    static let configuration = value("--config", "FILE", "Read settings from this file")
}

/// How the program ends.
enum ExitCode: Int32, Sendable {
    case completed = 0
    case failed = 1
    /// Bad use or input; nothing was done.
    case badUse = 2
    case cancelled = 3
    /// A person has to decide something before it can go on.
    case waits = 4
    /// The server cannot be reached, or cannot answer now: `EX_UNAVAILABLE` of `sysexits.h`. Trying again may help.
    case unavailable = 69
    /// Interrupted before the end was known, as shells count SIGINT.
    case interrupted = 130
    /// As shells count SIGTERM.
    case terminated = 143
}

extension ExitCode {
    /// How a verb ends that has thrown that error.
    init(of error: any Error) {
        guard let error = error as? SignalboxError else {
            self = .failed
            return
        }
        self = error.isOutage ? .unavailable : .badUse
    }
}

extension SignalboxError {
    /// Whether the other side could not be reached, or could not answer: nothing that was asked for is wrong.
    fileprivate var isOutage: Bool {
        code == .unavailable || (code == .upstream && (cause as? TransferFailure)?.isTransient == true)
    }
}
