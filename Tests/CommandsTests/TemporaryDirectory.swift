import Glibc
import Testing

/// A directory that is removed with everything that was made in it.
final class TemporaryDirectory {
    let path: String
    private var made: [String] = []

    init() throws {
        var template = Array("/tmp/signalbox-commands-XXXXXX".utf8CString)
        path = try #require(unsafe mkdtemp(&template).map { unsafe String(cString: $0) })
        made.append(path)
    }

    deinit {
        for path in made.reversed() { unsafe remove(path) }
    }

    func makeDirectory(_ name: String) throws {
        try #require(unsafe mkdir("\(path)/\(name)", 0o700) == 0)
        made.append("\(path)/\(name)")
    }

    func makeLink(_ name: String, to target: String) throws {
        try #require(unsafe symlink(target, "\(path)/\(name)") == 0)
        made.append("\(path)/\(name)")
    }

    func makePipe(_ name: String) throws {
        try #require(unsafe mkfifo("\(path)/\(name)", 0o600) == 0)
        made.append("\(path)/\(name)")
    }

    func write(_ name: String, _ bytes: some Collection<UInt8>) throws {
        let descriptor = unsafe open("\(path)/\(name)", O_WRONLY | O_CREAT | O_EXCL, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        made.append("\(path)/\(name)")
        let bytes = Array(bytes)
        let written = unsafe Glibc.write(descriptor, bytes, bytes.count)
        try #require(written == bytes.count)
    }

    func write(_ name: String, _ text: String) throws { try write(name, text.utf8) }
}
