internal import Core
internal import Glibc

/// A directory that exists while its owner does.
public final class TemporaryDirectory: Sendable {
    /// Absolute, without a slash at its end.
    public let path: String

    public init() throws {
        var template = Array("/tmp/signalbox-test-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw FileSystem.failure("No directory can be made in /tmp") }
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
}
