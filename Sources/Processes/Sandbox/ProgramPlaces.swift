internal import Core
internal import Glibc

/// Where programs lie that are not part of the system: what of that the sandbox must show so that they work.
struct ProgramPlaces {
    private let spec: ProcessSpec
    /// Directories that must not be shown whole, since they hold what is not the program's.
    private let guarded: [String]
    private let dataDirectory: String?

    /// Links that are followed from one program to the next, and interpreters of interpreters.
    private static let hopsMaximum = 8

    init(_ spec: ProcessSpec, dataDirectory: String?) {
        self.spec = spec
        self.dataDirectory = dataDirectory
        guarded =
            ["/etc", "/home", "/root", "/tmp", "/var", "/run", "/srv", "/mnt", "/media", spec.directory]
            + [dataDirectory, Self.home].compactMap(\.self)
    }

    /// The paths to show, read-only, so that this program and those in its `PATH` run.
    /// - Throws: `SignalboxError` when the program is a script whose interpreter does not exist.
    func paths(of program: String) throws -> [String] {
        var paths: [String] = []
        for file in try files(of: program) where !isShown(file) { paths.append(place(of: file)) }
        for folder in spec.searchPath where folder.hasPrefix("/") && !isShown(folder) && FileSystem.isDirectory(folder)
        {
            let root = root(of: folder)
            if !isGuarded(root) { paths.append(root) }
        }
        var seen: Set<String> = []
        return paths.filter { seen.insert($0).inserted }
    }

    /// The program, what it leads to as a link, and its interpreter with the same.
    private func files(of program: String) throws -> [String] {
        var files: [String] = []
        var next: String? = program
        while let file = next, files.count < Self.hopsMaximum {
            files.append(file)
            if let target = FileLink.target(of: file) {
                next = target.hasPrefix("/") ? target : directory(of: file) + "/" + target
                continue
            }
            let resolved = try FileSystem.resolve(file)
            if resolved != file { files.append(resolved) }
            guard let interpreter = try interpreter(of: resolved) else { break }
            guard FileSystem.exists(interpreter) else { throw spec.launchError(ENOENT, path: program) }
            next = interpreter
        }
        return files
    }

    /// The program that a script names in its first line.
    private func interpreter(of file: String) throws -> String? {
        let descriptor = Descriptor(owning: unsafe open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK))
        // A program may be executable but not readable.
        guard descriptor.isOpen else { return nil }
        var head = [UInt8](repeating: 0, count: 256)
        let count = unsafe read(descriptor.rawValue, &head, head.count)
        guard count > 2, head.starts(with: "#!".utf8) else { return nil }
        let line = head[2..<count].prefix { $0 != UInt8(ascii: "\n") }
        let words = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
        guard let word = words.first, word.first == UInt8(ascii: "/") else { return nil }
        return String(decoding: word, as: UTF8.self)
    }

    /// What must be shown of a program: its directory, or what the directory belongs to; where that holds other things
    /// too, the file alone.
    private func place(of file: String) -> String {
        let root = root(of: directory(of: file))
        return isGuarded(root) ? file : root
    }

    /// What a directory with programs belongs to: `/opt/NAME`, a virtual environment of Python, else itself.
    private func root(of folder: String) -> String {
        let parts = folder.split(separator: "/")
        if parts.count > 2, parts[0] == "opt" { return "/opt/\(parts[1])" }
        let parent = directory(of: folder)
        return FileSystem.exists(parent + "/pyvenv.cfg") ? parent : folder
    }

    /// Whether a directory is one of those that must not be shown whole, contains one, lies in the data directory, or cannot
    /// be looked at.
    private func isGuarded(_ folder: String) -> Bool {
        do {
            let resolved = try FileSystem.resolve(folder)
            if resolved == "/" || dataDirectory.map({ resolved.hasPrefix($0 + "/") }) ?? false { return true }
            return guarded.contains { $0 == resolved || $0.hasPrefix(resolved + "/") }
        } catch {
            return true
        }
    }

    private func isShown(_ path: String) -> Bool {
        SystemView.shows(path) || path.hasPrefix(spec.directory + "/")
    }

    private func directory(of path: String) -> String {
        let parent = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        return parent.isEmpty ? "/" : String(parent)
    }

    /// The home directory of this user, with links resolved, as the system knows it and not as a variable says.
    private static let home: String? = {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16 << 10)
        guard unsafe getpwuid_r(getuid(), &entry, &buffer, buffer.count, &found) == 0, unsafe found != nil,
            let path = unsafe entry.pw_dir, let resolved = unsafe realpath(path, nil)
        else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }()
}
