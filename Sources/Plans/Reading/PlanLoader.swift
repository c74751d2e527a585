internal import Core
internal import Glibc

/// Reads plans from the file system.
public enum PlanLoader: Sendable {
    /// The plan in that file, with the files it names from the same directory. Files are only taken from below that
    /// directory, and never through symbolic links.
    /// - Throws: `SignalboxError`: `not_found` or `invalid_input` when the plan's file cannot be read, else as
    ///   `PlanReader` does.
    public static func load(_ path: String) throws -> Plan {
        let text: String
        do throws(FileProblem) {
            text = try PlanFile.read(path, below: AT_FDCWD, followingLinks: true, maximum: Limits.planBytesMaximum)
        } catch {
            let code: SignalboxError.Code = error.isMissing ? .notFound : .invalidInput
            throw SignalboxError(code, "\(path): \(error.message).", hint: error.hint)
        }
        var source = PlanSource(path: path, text: text)
        var problems: [String: String] = [:]
        let directory = path.lastIndex(of: "/").map { path[...$0] } ?? "./"
        let descriptor = unsafe open(String(directory), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw SignalboxError(.invalidInput, "\(directory): \(FileProblem(errno: errno).message).")
        }
        defer { close(descriptor) }
        for file in PlanReader.referencedFiles(in: text, path: path).prefix(Limits.planFilesMaximum) {
            do throws(FileProblem) {
                source.files[file] = try PlanFile.read(
                    file, below: descriptor, followingLinks: false, maximum: Limits.planFileBytesMaximum)
            } catch {
                problems[file] = error.isMissing ? nil : "\"\(file)\": \(error.message)"
            }
        }
        var reader = DocumentReader(source, fileProblems: problems)
        return try reader.plan()
    }
}
