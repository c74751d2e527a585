import Core
import Glibc
import Synchronization
import Testing

/// What outlines have become, for `scripts/record-outlines`: with SIGNALBOX_OUTLINES each goes into the file of that name,
/// behind a line that names its test and says how many lines it has.
enum OutlineRecord {
    private static let file = ProcessEnvironment.variables["SIGNALBOX_OUTLINES"].map { OpenRecord(path: $0) }

    /// The outline as one text.
    static func told(_ lines: [String]) -> String {
        if let file, let place = Test.current?.sourceLocation {
            file.write(["@ \(place.fileName):\(place.line) \(lines.count)"] + lines)
        }
        return lines.joined(separator: "\n")
    }

    /// A file that several tests write at once, each time whole.
    private final class OpenRecord: Sendable {
        private let descriptor: Mutex<Int32>

        init(path: String) {
            descriptor = unsafe Mutex(open(path, O_WRONLY | O_APPEND | O_CREAT, 0o644))
        }

        func write(_ lines: [String]) {
            let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
            let written = descriptor.withLock { unsafe Glibc.write($0, bytes, bytes.count) }
            precondition(written == bytes.count, "The outlines could not be written.")
        }
    }
}
