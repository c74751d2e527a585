internal import CPlatform
internal import Core
internal import Glibc

/// A child process that has just been started: the leader of a session and process group of its own.
struct LaunchedProcess: ~Copyable {
    let id: pid_t
    /// Whether the leader is bubblewrap, and the program its grandchild.
    let isInBubblewrap: Bool
    /// Readable once the leader has ended.
    var exit: Descriptor
    var stdin: Descriptor
    var stdout: Descriptor
    var stderr: Descriptor

    /// Starts the program. It gets its three streams and no other descriptor of ours, default signal handling, an empty
    /// signal mask, its own session (no terminal, and one number to kill all of it by), directory, environment and limits.
    /// - Throws: `SignalboxError` about the program, the directory, or the system's limits.
    static func launch(_ spec: ProcessSpec) throws -> LaunchedProcess {
        try spec.validate()
        let path = try spec.resolveProgram()
        try makeTemporaryDirectory(spec.temporaryDirectory)
        let input = try Pipe.open()
        let output = try Pipe.open()
        let errors = try Pipe.open()
        let options: Descriptor
        let start: ProcessStart
        if let bubblewrap = spec.bubblewrap {
            options = try MemoryFile.open(try bubblewrap.options(for: spec, program: path))
            start = bubblewrap.start(of: spec, program: path)
        } else {
            options = Descriptor(owning: -1)
            start = ProcessStart(
                path: path, arguments: spec.arguments, environment: spec.environmentStrings,
                openFilesMaximum: spec.openFilesMaximum)
        }
        var id: pid_t = 0
        let number = start.perform(
            in: spec.directory, input: input.reading.rawValue, output: output.writing.rawValue,
            errors: errors.writing.rawValue, further: options.rawValue, id: &id)
        // Too many arguments are the program's own; anything else is about what is executed.
        guard number == 0 else { throw spec.launchError(number, path: number == E2BIG ? path : start.path) }
        let exit = Descriptor(owning: signalbox_pidfd_open(id))
        guard exit.isOpen else {
            let failure = noDescriptor(errno)
            _ = kill(-id, SIGKILL)
            _ = waitpid(id, nil, 0)
            throw failure
        }
        input.writing.setNonBlocking()
        output.reading.setNonBlocking()
        errors.reading.setNonBlocking()
        return LaunchedProcess(
            id: id, isInBubblewrap: spec.bubblewrap != nil, exit: exit, stdin: input.writing, stdout: output.reading,
            stderr: errors.reading)
    }

    /// Asks the program and its group to end (SIGTERM).
    func requestStop() {
        guard isInBubblewrap else {
            _ = kill(-id, SIGTERM)
            return
        }
        // Bubblewrap itself would end at once and take the program with it. Its child leads the program's session, and
        // ignores the signal as the first process of its namespace.
        let leaders = ProcessTable.children(of: id).filter { getpgid($0) == $0 }
        for leader in leaders { _ = kill(-leader, SIGTERM) }
        // The program has not started yet: nobody is there to be asked.
        if leaders.isEmpty { _ = kill(-id, SIGKILL) }
    }
}

private func makeTemporaryDirectory(_ path: String) throws {
    guard unsafe mkdir(path, 0o700) != 0, errno != EEXIST else { return }
    throw SignalboxError(.storage, "The directory \"\(path)\" cannot be made: \(systemErrorText(errno)).")
}
