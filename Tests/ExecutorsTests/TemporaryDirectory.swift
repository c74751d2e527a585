import Glibc

/// A directory that exists while its owner does.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/signalbox-test-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw SetupError(sentence: "mkdtemp failed with \(errno)") }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit { Self.removeAll(path) }

    /// `remove` succeeds on everything but a directory that still holds something.
    private static func removeAll(_ path: String) {
        guard unsafe remove(path) != 0, let directory = unsafe opendir(path) else { return }
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
                unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { removeAll(path + "/" + name) }
        }
        unsafe closedir(directory)
        _ = unsafe remove(path)
    }

    func write(_ text: String, to name: String, mode: mode_t = 0o644) throws {
        let descriptor = unsafe open(path + "/" + name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw SetupError(sentence: "\(name) cannot be made: \(errno)") }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw SetupError(sentence: "\(name) cannot be written: \(errno)")
        }
    }

    struct SetupError: Error {
        let sentence: String
    }
}
