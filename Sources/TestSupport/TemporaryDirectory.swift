internal import Core
public import Glibc

/// A directory that exists while its owner does.
public final class TemporaryDirectory: Sendable {
    /// Absolute, without a slash at its end.
    public let path: String

    public init() throws {
        var template = Array("/tmp/signalbox-test-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw FileSystem.failure("No directory can be made in /tmp") }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit { FileSystem.remove(path) }

    public func makeDirectory(_ name: String) throws {
        guard unsafe mkdir("\(path)/\(name)", 0o700) == 0 else { throw FileSystem.failure("\(name) cannot be made") }
    }

    public func makeLink(_ name: String, to target: String) throws {
        guard unsafe symlink(target, "\(path)/\(name)") == 0 else { throw FileSystem.failure("\(name) cannot be made") }
    }

    public func makePipe(_ name: String) throws {
        guard unsafe mkfifo("\(path)/\(name)", 0o600) == 0 else { throw FileSystem.failure("\(name) cannot be made") }
    }

    public func write(_ name: String, _ bytes: some Collection<UInt8>, mode: mode_t = 0o600) throws {
        let descriptor = unsafe open("\(path)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw FileSystem.failure("\(name) cannot be made") }
        defer { close(descriptor) }
        let bytes = Array(bytes)
        guard unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw FileSystem.failure("\(name) cannot be written")
        }
    }

    public func write(_ name: String, _ text: String, mode: mode_t = 0o600) throws {
        try write(name, text.utf8, mode: mode)
    }
}
