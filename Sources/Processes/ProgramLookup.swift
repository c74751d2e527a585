internal import CPlatform
internal import Core
internal import Glibc

extension ProcessSpec {
    /// The path to execute. The lookup is ours because `posix_spawnp` would search the `PATH` of this process instead
    /// of the child's.
    /// - Throws: `SignalboxError` that names the program or directory that cannot be used.
    public func resolveProgram() throws -> String {
        guard case .directory = FileKind(of: directory) else {
            throw SignalboxError(.notFound, "The directory \"\(directory)\" of a command does not exist.")
        }
        let program = arguments[0]
        if program.utf8.contains(UInt8(ascii: "/")) {
            let path = program.hasPrefix("/") ? program : directory + "/" + program
            // Where a relative path begins is not plain to who has written it.
            try requireExecutable(
                path,
                hint: program.hasPrefix("/")
                    ? "Check the path."
                    : "A path that does not begin with a slash is taken from where the program starts, \(directory).")
            return path
        }
        var refusal: (any Error)?
        for folder in searchPath where folder.hasPrefix("/") {
            let path = folder + "/" + program
            if case .missing = FileKind(of: path) { continue }
            do {
                try requireExecutable(path, hint: nil)
                return path
            } catch {
                refusal = refusal ?? error
            }
        }
        throw refusal
            ?? SignalboxError(
                .notFound, "The program \"\(program)\" was not found in \(searchPath.joined(separator: ":")).",
                hint: "Install it, or write its full path.")
    }

    /// The directories of the child's `PATH`.
    var searchPath: [String] {
        let path = variables.last { $0.name == "PATH" }?.value ?? ""
        return path.split(separator: ":").map(String.init)
    }

    /// - Parameter hint: what to do when nothing is there.
    private func requireExecutable(_ path: String, hint: String?) throws {
        switch FileKind(of: path) {
        case .missing: throw SignalboxError(.notFound, "The program \"\(path)\" does not exist.", hint: hint)
        case .directory:
            throw SignalboxError(.invalidInput, "\"\(path)\" is a directory, not a program.")
        case .other:
            guard unsafe access(path, X_OK) == 0 else {
                throw SignalboxError(
                    .invalidInput, "The program \"\(path)\" may not be executed.",
                    hint: "Make it executable (chmod +x), or run it through its interpreter: [python3, FILE].")
            }
        }
    }

    /// What `posix_spawn` said, as a sentence about the program.
    func launchError(_ number: Int32, path: String) -> SignalboxError {
        switch number {
        case ENOENT:
            SignalboxError(
                .notFound, "The program \"\(path)\" names an interpreter in its first line that does not exist.",
                hint: "Correct the line that starts with #!, or install the interpreter.")
        case ENOEXEC:
            SignalboxError(
                .invalidInput, "\"\(path)\" is neither a program of this machine nor a script with a #! line.",
                hint: "Begin it with a line such as #!/bin/sh, or run it through its interpreter: [python3, FILE].")
        case E2BIG:
            SignalboxError(
                .limit, "The arguments and environment of \"\(path)\" are larger than the system allows.",
                hint: "Pass large values by stdin.")
        case EAGAIN, ENOMEM, EMFILE, ENFILE:
            SignalboxError(
                .unavailable, "The system cannot start \"\(path)\" now: \(systemErrorText(number)).",
                hint: "Run fewer steps at once, or raise the limits of this user.")
        default:
            SignalboxError(.invalidInput, "The program \"\(path)\" cannot be started: \(systemErrorText(number)).")
        }
    }
}

/// What stands at a path.
private enum FileKind {
    case missing, directory, other

    init(of path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            // Something that cannot be looked at is there; trying to execute it tells why it cannot be used.
            self = errno == ENOENT || errno == ENOTDIR ? .missing : .other
            return
        }
        self = status.st_mode & S_IFMT == S_IFDIR ? .directory : .other
    }
}
