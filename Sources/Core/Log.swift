internal import Glibc

/// What the server says to its operator: one line of JSON each on stderr.
public struct Log: Sendable {
    private let write: @Sendable (String) -> Void

    /// A log that hands each line to this.
    public init(_ write: @escaping @Sendable (String) -> Void) {
        self.write = write
    }

    /// Lines go to stderr.
    public static let standardError = Log { line in
        let bytes = Array((line + "\n").utf8)
        // A log that cannot be written is no reason to stop serving; there is nobody else to tell.
        _ = unsafe Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }

    /// Says nothing.
    public static let silent = Log { _ in }

    /// Something an operator may want to know.
    public func info(_ message: String, _ details: JSONObject = [:]) {
        line("info", message, details)
    }

    /// Something that went wrong and that no caller is told of.
    public func error(_ message: String, _ details: JSONObject = [:]) {
        line("error", message, details)
    }

    private func line(_ level: String, _ message: String, _ details: JSONObject) {
        var object: JSONObject = [
            "at": .string(Timestamp.now.rfc3339), "level": .string(level), "message": .string(message),
        ]
        for member in details { object[member.name] = member.value }
        write(JSON.object(object).text)
    }
}
