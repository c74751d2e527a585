internal import CPlatform
internal import Core
internal import Glibc

/// A child process that has just been started: the leader of a session and process group of its own.
struct LaunchedProcess: ~Copyable {
    let id: pid_t
    /// Readable once the leader has ended.
    var exit: Descriptor
    var stdin: Descriptor
    var stdout: Descriptor
    var stderr: Descriptor

    /// Starts the program. It gets its three streams and no other descriptor of ours, default signal handling, an empty
    /// signal mask, its own session (no terminal, and one number to kill all of it by), directory and environment.
    /// - Throws: `SignalboxError` about the program, the directory, or the system's limits.
    static func launch(_ spec: ProcessSpec) throws -> LaunchedProcess {
        try spec.validate()
        let path = try spec.resolveProgram()
        try makeTemporaryDirectory(spec.temporaryDirectory)
        let input = try Pipe.open()
        let output = try Pipe.open()
        let errors = try Pipe.open()
        let (number, id) = spawn(
            path, spec, stdin: input.reading.rawValue, stdout: output.writing.rawValue, stderr: errors.writing.rawValue)
        guard number == 0 else { throw spec.launchError(number, path: path) }
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
            id: id, exit: exit, stdin: input.writing, stdout: output.reading, stderr: errors.reading)
    }
}

private func makeTemporaryDirectory(_ path: String) throws {
    guard unsafe mkdir(path, 0o700) != 0, errno != EEXIST else { return }
    throw SignalboxError(.storage, "The directory \"\(path)\" cannot be made: \(systemErrorText(errno)).")
}

/// The error number (0 for success) and the process id.
private func spawn(_ path: String, _ spec: ProcessSpec, stdin: Int32, stdout: Int32, stderr: Int32) -> (Int32, pid_t) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, stdin, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, stdout, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, stderr, 2)
    unsafe posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    unsafe posix_spawn_file_actions_addchdir_np(&actions, spec.directory)

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var noSignals = sigset_t()
    var allSignals = sigset_t()
    unsafe sigemptyset(&noSignals)
    unsafe sigfillset(&allSignals)
    unsafe posix_spawnattr_setsigmask(&attributes, &noSignals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &allSignals)
    let flags = signalbox_spawn_setsid_flag() | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

    var processID: pid_t = 0
    let number = unsafe withCStrings(spec.arguments) { arguments in
        unsafe withCStrings(spec.environmentStrings) { environment in
            unsafe posix_spawn(&processID, path, &actions, &attributes, arguments, environment)
        }
    }
    return (number, processID)
}

/// Gives the body the strings as C passes them: an array of pointers that ends with NULL.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe strings.map { unsafe strdup($0) } + [nil]
    defer { unsafe pointers.forEach { unsafe free($0) } }
    return unsafe body(&pointers)
}
