internal import CPlatform
internal import Core
internal import Glibc

/// What the system is asked to execute.
struct ProcessStart {
    let path: String
    /// The program's own name first.
    let arguments: [String]
    /// `NAME=value`
    let environment: [String]
    /// Files that each of its processes may have open; nil for as many as we may.
    let openFilesMaximum: Int?

    /// Starts it as the leader of a session of its own. To be called on a thread that blocks all signals.
    /// - Parameters:
    ///   - further: a descriptor that it gets as number 3; -1 for none.
    ///   - id: its process id, if it has started.
    /// - Returns: the error number, 0 for success.
    func perform(
        in directory: String, input: Int32, output: Int32, errors: Int32, further: Int32, id: inout pid_t
    ) -> Int32 {
        unsafe withCStrings(arguments) { arguments in
            unsafe withCStrings(environment) { environment in
                unsafe path.withCString { path in
                    unsafe directory.withCString { directory in
                        var launch = unsafe signalbox_launch(
                            path: path, arguments: arguments, environment: environment, directory: directory,
                            input: input, output: output, errors: errors, further: further,
                            open_files_maximum: openFilesMaximum.map { UInt($0) } ?? .max,
                            file_bytes_maximum: UInt(Limits.commandFileBytesMaximum))
                        return unsafe signalbox_start_process(&launch, &id)
                    }
                }
            }
        }
    }
}

/// A file without a name that lives in memory, for what a child process is to read.
enum MemoryFile {
    /// A file that holds the strings, each with a NUL at its end, at its beginning.
    /// - Throws: `SignalboxError` with code `unavailable`.
    static func open(_ strings: [String]) throws -> Descriptor {
        var file = Descriptor(owning: unsafe signalbox_memory_file("signalbox-options"))
        guard file.isOpen else { throw noDescriptor(errno) }
        try file.moveAboveStandardStreams()
        var bytes: [UInt8] = []
        for string in strings { bytes += Array(string.utf8) + [0] }
        guard unsafe pwrite(file.rawValue, bytes, bytes.count, 0) == bytes.count else { throw noDescriptor(errno) }
        return file
    }
}

/// Gives the body the strings as C passes them: an array of pointers that ends with NULL.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe strings.map { unsafe strdup($0) } + [nil]
    defer { unsafe pointers.forEach { unsafe free($0) } }
    return unsafe body(&pointers)
}
