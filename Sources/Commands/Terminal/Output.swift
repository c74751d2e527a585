internal import Core
internal import Glibc
internal import Synchronization

/// One of the two streams the program writes to.
struct Output: Sendable {
    /// Whether a person sees it at once.
    let isTerminal: Bool
    private let put: @Sendable ([UInt8]) -> Void
    private let measure: @Sendable () -> Size?
    private let isRead: @Sendable () -> Bool
    private let failing: Failure

    /// What keeps a stream from taking more.
    private final class Failure: Sendable {
        let error = Mutex<SignalboxError?>(nil)
    }

    /// Of a terminal, in characters.
    struct Size: Sendable, Hashable {
        var columns: Int
        var rows: Int
    }

    /// A stream that hands everything to a function, as tests do.
    init(isTerminal: Bool = false, size: Size? = nil, _ put: @escaping @Sendable ([UInt8]) -> Void) {
        self.isTerminal = isTerminal
        self.put = put
        failing = Failure()
        measure = { size }
        isRead = { true }
    }

    /// The stream behind a descriptor.
    /// - Parameter name: what errors call it.
    init(descriptor: Int32, name: String) {
        let failing = Failure()
        isTerminal = isatty(descriptor) == 1
        self.failing = failing
        put = { bytes in
            failing.error.withLock { error in
                if error == nil { error = Self.writeAll(bytes, to: descriptor, name: name) }
            }
        }
        measure = {
            var size = winsize()
            guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
            return Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
        }
        isRead = {
            var look = pollfd(fd: descriptor, events: 0, revents: 0)
            return unsafe poll(&look, 1, 0) <= 0 || Int32(look.revents) & POLLERR == 0
        }
    }

    static let standard = Output(descriptor: STDOUT_FILENO, name: "stdout")
    static let standardError = Output(descriptor: STDERR_FILENO, name: "stderr")

    /// Why not everything was written; nil when all was, or when the reader has gone.
    var failure: SignalboxError? { failing.error.withLock { $0 } }

    /// Whether somebody may still read what is written: false when the other end of a pipe is closed (`| head`).
    var hasReader: Bool { isRead() }

    /// The size of the terminal now; 80 × 24 when it is none.
    var size: Size { measure() ?? Size(columns: 80, rows: 24) }

    /// Columns that a table may take: what is not a terminal gets everything.
    var tableColumns: Int { isTerminal ? size.columns : .max }

    /// Writes a text as it is.
    func write(_ text: String) { put(Array(text.utf8)) }

    /// Writes bytes as they are.
    func write(bytes: [UInt8]) { put(bytes) }

    /// Writes a text and a line break.
    func writeLine(_ text: String) { write(text + "\n") }

    /// Writes everything. A reader that has gone (`| head`) is no error: it has seen what it wanted.
    /// - Returns: why the rest cannot be written.
    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32, name: String) -> SignalboxError? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
                continue
            }
            if errno == EINTR { continue }
            if errno == EPIPE { return nil }
            guard errno == EAGAIN else { return FileSystem.failure("Not everything could be written to \(name)") }
            var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = unsafe poll(&wait, 1, -1)
        }
        return nil
    }
}
