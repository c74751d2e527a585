internal import Core

/// The path of a file as a model or a plan writes it: below its task's directory.
public struct TaskPath: Sendable {
    /// Relative, without `.` and empty parts; empty for the directory itself.
    public let text: String

    /// Stands in a directory in which the files that were taken over from another task are.
    public static let restoredMark = ".signalbox-restored"

    /// Whether the task has no say in what lies there: what it was given, and what this program keeps for itself.
    public var isReserved: Bool {
        let first = text.utf8.prefix { $0 != UInt8(ascii: "/") }
        return ["in", "plan", Self.restoredMark].contains { $0.utf8.elementsEqual(first) }
    }

    /// - Throws: `SignalboxError` with code `invalid_input` for what leads, or could lead, elsewhere.
    public init(_ given: String) throws {
        // By bytes: a slash with a combining mark behind it is one Character, but to the file system it is a slash.
        let bytes = Array(given.utf8)
        guard bytes.count <= Limits.toolPathBytesMaximum else {
            throw Self.error("The path is longer than \(Limits.toolPathBytesMaximum) bytes.")
        }
        guard bytes.first != UInt8(ascii: "/") else {
            throw Self.error("\"\(given)\" is not below the task's directory.")
        }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw Self.error("The path has control characters.")
        }
        let parts = bytes.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
        guard !parts.contains(where: { $0.elementsEqual("..".utf8) }) else {
            throw Self.error("\"\(given)\" may lead out of the task's directory.")
        }
        guard parts.count <= Limits.toolPathDepthMaximum else {
            throw Self.error("The path leads through more than \(Limits.toolPathDepthMaximum) directories.")
        }
        text = parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
    }

    private static func error(_ sentence: String) -> SignalboxError {
        SignalboxError(
            .invalidInput, sentence,
            hint: "Write it relative to that directory and without \"..\", such as out/report.csv.")
    }
}
