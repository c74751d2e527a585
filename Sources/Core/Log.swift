internal import Glibc

/// What the server says to its operator.
public struct Log: Sendable {
    /// What matters less is not said.
    public private(set) var minimum: Level = .debug
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

    /// How much it matters, the least first.
    public enum Level: String, CaseIterable, Comparable, Sendable {
        case debug
        case info
        case warning
        case error

        public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .debug: 0
            case .info: 1
            case .warning: 2
            case .error: 3
            }
        }
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

    /// The same log, which leaves out what matters less than this.
    public func from(_ level: Level) -> Log {
        var log = self
        log.minimum = level
        return log
    }

    /// Whether something of that level is said: what takes time to put into words need not be if it is not.
    public func says(_ level: Level) -> Bool { level >= minimum }

    /// Something that only helps to find out why.
    public func debug(_ message: String, _ details: JSONObject = [:]) { say(.debug, message, details) }

    /// Something an operator may want to know.
    public func info(_ message: String, _ details: JSONObject = [:]) { say(.info, message, details) }

    /// Something that is not as it should be and that goes on all the same.
    public func warning(_ message: String, _ details: JSONObject = [:]) { say(.warning, message, details) }

    /// Something that went wrong and that no caller is told of.
    public func error(_ message: String, _ details: JSONObject = [:]) { say(.error, message, details) }

    private func say(_ level: Level, _ message: String, _ details: JSONObject) {
        guard says(level) else { return }
        write(Entry(at: .now, level: level, message: message, details: details))
    }
}
