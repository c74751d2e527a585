internal import Glibc

/// Why a file cannot be read.
struct FileProblem: Error {
    var message: String
    var hint: String?
    var isMissing = false

    init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    init(errno code: Int32) {
        switch code {
        case ENOENT, ENOTDIR:
            message = "there is no such file"
            isMissing = true
        case ELOOP: message = "symbolic links are not followed"
        case EACCES, EPERM: message = "it may not be read"
        default: message = unsafe String(cString: strerror(code))
        }
    }
}

/// Reads small text files.
enum PlanFile {
    /// The text of a file.
    /// - Parameters:
    ///   - path: relative to the directory; when links are not followed, a confined path.
    ///   - directory: a descriptor, or `AT_FDCWD`.
    ///   - maximum: bytes.
    static func read(
        _ path: String, below directory: Int32, followingLinks: Bool, maximum: Int
    ) throws(FileProblem) -> String {
        let descriptor =
            followingLinks ? try open(path, at: directory, flags: 0) : try openConfined(path, below: directory)
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw FileProblem(errno: errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw FileProblem("it is a directory", hint: "name the plan's file in it")
        default: throw FileProblem("it is not a regular file")
        }
        let bytes = try contents(of: descriptor, maximum: maximum)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let (line, column) = firstInvalid(in: bytes)
            throw FileProblem("it is not UTF-8 text (line \(line), byte \(column))", hint: "save it as UTF-8")
        }
        return text
    }

    /// Opens part by part, so that no link on the way is followed.
    private static func openConfined(_ path: String, below directory: Int32) throws(FileProblem) -> Int32 {
        precondition(PlanNames.isConfinedPath(path), "a file of a plan has a path that stays below it")
        let parts = path.split(separator: "/").map(String.init)
        var current = directory
        defer { if current != directory { close(current) } }
        for part in parts.dropLast() {
            let next = try open(part, at: current, flags: O_NOFOLLOW | O_DIRECTORY)
            if current != directory { close(current) }
            current = next
        }
        return try open(parts[parts.count - 1], at: current, flags: O_NOFOLLOW)
    }

    /// Opens for reading; never waits, as for the writer of a pipe.
    private static func open(_ path: String, at directory: Int32, flags: Int32) throws(FileProblem) -> Int32 {
        while true {
            let descriptor = unsafe openat(directory, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags)
            if descriptor >= 0 { return descriptor }
            let code = errno
            // With O_DIRECTORY a link is reported as "not a directory".
            if code == ENOTDIR, flags & O_NOFOLLOW != 0, isLink(path, at: directory) { throw FileProblem(errno: ELOOP) }
            if code != EINTR { throw FileProblem(errno: code) }
        }
    }

    private static func isLink(_ path: String, at directory: Int32) -> Bool {
        var status = stat()
        return unsafe fstatat(directory, path, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    private static func contents(of descriptor: Int32, maximum: Int) throws(FileProblem) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: maximum + 1)
        var count = 0
        while count < bytes.count {
            let result = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if result < 0 {
                let code = errno
                if code == EINTR { continue }
                throw FileProblem(errno: code)
            }
            if result == 0 { break }
            count += result
        }
        guard count <= maximum else { throw FileProblem("it is larger than \(maximum) bytes") }
        bytes.removeSubrange(count...)
        return bytes
    }

    private static func firstInvalid(in bytes: [UInt8]) -> (line: Int, byte: Int) {
        var line = 1
        for piece in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            guard String(validating: piece, as: UTF8.self) == nil else {
                line += 1
                continue
            }
            // Repairing replaces what is wrong, so the first difference is where it begins.
            let repaired = String(decoding: piece, as: UTF8.self).utf8
            return (line, zip(piece, repaired).prefix { $0 == $1 }.count + 1)
        }
        return (line, 1)
    }
}
