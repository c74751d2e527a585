internal import Core
internal import Glibc

/// One of the two streams the program writes to.
struct Output: Sendable {
    /// Whether a person sees it at once.
    let isTerminal: Bool
    private let put: @Sendable ([UInt8]) -> Void
    private let measure: @Sendable () -> Size?

    /// Of a terminal, in characters.
    struct Size: Sendable, Hashable {
        var columns: Int
        var rows: Int
    }

    /// A stream that hands everything to a function, as tests do.
    init(isTerminal: Bool = false, size: Size? = nil, _ put: @escaping @Sendable ([UInt8]) -> Void) {
        self.isTerminal = isTerminal
        self.put = put
        measure = { size }
    }

    private init(descriptor: Int32) {
        isTerminal = isatty(descriptor) == 1
        put = { Self.writeAll($0, to: descriptor) }
        measure = {
            var size = winsize()
            guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
            return Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
        }
    }

    static let standard = Output(descriptor: STDOUT_FILENO)
    static let standardError = Output(descriptor: STDERR_FILENO)

    /// The size of the terminal now; 80 × 24 when it is none.
    var size: Size { measure() ?? Size(columns: 80, rows: 24) }

    /// Columns that a table may take: what is not a terminal gets everything.
    var tableColumns: Int { isTerminal ? size.columns : .max }

    /// Writes a text as it is.
    func write(_ text: String) { put(Array(text.utf8)) }

    /// Writes a text and a line break.
    func writeLine(_ text: String) { write(text + "\n") }

    /// Writes everything. A reader that has gone (`| head`) is no error of ours, and there is nobody to tell.
    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
                continue
            }
            if errno == EINTR { continue }
            guard errno == EAGAIN else { return }
            var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = unsafe poll(&wait, 1, -1)
        }
    }
}
