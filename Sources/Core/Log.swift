internal import Glibc

/// What the server says to its operator.
public struct Log: Sendable {
    private let write: @Sendable (Entry) -> Void

    /// One thing that is said.
    public struct Entry: Sendable {
        public var at: Timestamp
        public var level: Level
        public var message: String
        public var details: JSONObject

        public init(at: Timestamp, level: Level, message: String, details: JSONObject) {
            self.at = at
            self.level = level
            self.message = message
            self.details = details
        }

        /// As programs read it: an object with the members `at`, `level` and `message`, then the details.
        public var json: JSON {
            var object: JSONObject = [
                "at": .string(at.rfc3339), "level": .string(level.rawValue), "message": .string(message),
            ]
            for member in details { object[member.name] = member.value }
            return .object(object)
        }
    }

    /// How much it matters.
    public enum Level: String, Sendable {
        case info
        case error
    }

    /// A log that hands each entry to this.
    public init(_ write: @escaping @Sendable (Entry) -> Void) {
        self.write = write
    }

    /// One line of JSON each on stderr.
    public static let standardError = Log { entry in
        let bytes = Array((entry.json.text + "\n").utf8)
        // A log that cannot be written is no reason to stop serving; there is nobody else to tell.
        _ = unsafe Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }

    /// Says nothing.
    public static let silent = Log { _ in }

    /// Something an operator may want to know.
    public func info(_ message: String, _ details: JSONObject = [:]) {
        write(Entry(at: .now, level: .info, message: message, details: details))
    }

    /// Something that went wrong and that no caller is told of.
    public func error(_ message: String, _ details: JSONObject = [:]) {
        write(Entry(at: .now, level: .error, message: message, details: details))
    }
}
