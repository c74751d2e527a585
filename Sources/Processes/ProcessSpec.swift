public import Core

/// A program to run as a child process, and the bounds it runs in.
public struct ProcessSpec: Sendable {
    /// Program and arguments. A program without a slash is looked up in the child's own `PATH`; one with a slash is
    /// taken relative to `directory`.
    public var arguments: [String]
    /// The absolute path of the directory in which the program starts: that of its task.
    public var directory: String
    /// The absolute path of its `HOME`, in which its temporary files lie as well; nil for `directory`.
    public var home: String?
    /// Absolute paths below `directory` that it can only read; the sandbox alone sees to that.
    public var readOnlyPlaces: [String] = []
    /// Variables beside the few that every command gets; one of the same name replaces it.
    public var environment: [(name: String, value: String)]
    /// What it reads from stdin before the end of file.
    public var stdin: [UInt8]
    /// How long it may take; nil for no bound. At the limit the whole group is killed.
    public var timeLimit: Duration?
    /// What it may write to stdout; one byte more and the whole group is killed.
    public var stdoutBytesMaximum: Int
    /// The same for stderr.
    public var stderrBytesMaximum: Int
    /// Files and connections that each of its processes may have open; nil for as many as we may.
    public var openFilesMaximum: Int? = Limits.commandOpenFilesMaximum
    /// How long a cancelled program may take to stop by itself before it is killed.
    public var stopGrace: Duration
    /// What it is confined by; nil for its process group and limits alone.
    public var bubblewrap: Bubblewrap?
    /// Variables, as `NAME=value`, that only this run and what it starts have in their environment: by these, programs
    /// that left the group are found and killed at its end.
    public var marks: [String] = []

    public init(
        arguments: [String], directory: String, environment: [(name: String, value: String)] = [],
        stdin: [UInt8] = [], timeLimit: Duration? = nil,
        stdoutBytesMaximum: Int = Limits.commandOutputBytesMaximum,
        stderrBytesMaximum: Int = Limits.commandOutputBytesMaximum,
        stopGrace: Duration = .milliseconds(Limits.stopGraceMilliseconds)
    ) {
        self.arguments = arguments
        self.directory = directory
        self.environment = environment
        self.stdin = stdin
        self.timeLimit = timeLimit
        self.stdoutBytesMaximum = stdoutBytesMaximum
        self.stderrBytesMaximum = stderrBytesMaximum
        self.stopGrace = stopGrace
    }
}

extension ProcessSpec {
    /// Where a child keeps its temporary files: in its home, so that they vanish with it.
    var temporaryDirectory: String { (home ?? directory) + "/.tmp" }

    /// All variables of the child as `NAME=value`.
    var environmentStrings: [String] { variables.map { "\($0.name)=\($0.value)" } }

    /// All variables of the child. Nothing of our own environment is passed on: keys of model providers stand there.
    var variables: [(name: String, value: String)] {
        var variables = [
            (name: "PATH", value: "/usr/local/bin:/usr/bin:/bin"), (name: "LANG", value: "C.UTF-8"),
            (name: "HOME", value: home ?? directory), (name: "TMPDIR", value: temporaryDirectory),
        ]
        for given in environment {
            variables.removeAll { $0.name == given.name }
            variables.append(given)
        }
        return variables
    }

    /// Refuses what the system's calls cannot express.
    func validate() throws {
        guard let program = arguments.first, !program.isEmpty else {
            throw SignalboxError(.invalidInput, "A command needs the name of a program.")
        }
        guard directory.hasPrefix("/") else {
            throw SignalboxError(.invalidInput, "The directory \"\(directory)\" of a command must be an absolute path.")
        }
        guard arguments.allSatisfy({ !$0.utf8.contains(0) }) else {
            throw SignalboxError(.invalidInput, "An argument of \"\(program)\" contains a NUL character.")
        }
        for (name, value) in environment {
            guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: "=")), !name.utf8.contains(0) else {
                throw SignalboxError(.invalidInput, "\"\(name)\" cannot be the name of an environment variable.")
            }
            guard !value.utf8.contains(0) else {
                throw SignalboxError(.invalidInput, "The environment variable \(name) contains a NUL character.")
            }
        }
    }
}
