internal import CPlatform
internal import Core
internal import Glibc

/// An open file descriptor that is closed when its owner lets go of it. `poll` ignores a closed one, for it is -1.
public struct Descriptor: ~Copyable, Sendable {
    public private(set) var rawValue: Int32

    public init(owning rawValue: Int32) {
        self.rawValue = rawValue
    }

    deinit {
        if rawValue >= 0 { _ = Glibc.close(rawValue) }
    }

    public var isOpen: Bool { rawValue >= 0 }

    mutating func close() {
        guard isOpen else { return }
        _ = Glibc.close(rawValue)
        rawValue = -1
    }

    func setNonBlocking() {
        _ = fcntl(rawValue, F_SETFL, O_NONBLOCK)
    }
}

/// Both ends of a pipe; no other child process inherits them.
struct Pipe: ~Copyable {
    var reading: Descriptor
    var writing: Descriptor

    /// - Throws: `SignalboxError` with code `unavailable` when no descriptors are left.
    static func open() throws -> Pipe {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe2(&ends, O_CLOEXEC) == 0 else { throw noDescriptor(errno) }
        var pipe = Pipe(reading: Descriptor(owning: ends[0]), writing: Descriptor(owning: ends[1]))
        try pipe.reading.moveAboveStandardStreams()
        try pipe.writing.moveAboveStandardStreams()
        return pipe
    }
}

extension Descriptor {
    /// Takes a number above 2. A program started with closed standard streams gets numbers 0 to 2 for whatever it opens
    /// first, and giving a child its streams would overwrite them.
    mutating func moveAboveStandardStreams() throws {
        guard isOpen, rawValue <= 2 else { return }
        let moved = fcntl(rawValue, F_DUPFD_CLOEXEC, 3)
        guard moved >= 0 else { throw noDescriptor(errno) }
        _ = Glibc.close(rawValue)
        rawValue = moved
    }
}

/// The error for a system call that could not give a file descriptor.
func noDescriptor(_ number: Int32) -> SignalboxError {
    SignalboxError(
        .unavailable, "The system cannot open another pipe for a command: \(systemErrorText(number)).",
        hint: "Raise the limit on open files (ulimit -n) or run fewer steps at once.")
}
