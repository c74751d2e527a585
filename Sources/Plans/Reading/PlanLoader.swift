internal import Core
internal import Glibc

/// Reads plans from the file system.
public enum PlanLoader: Sendable {
    /// The plan in that file, with the files it names from the same directory. Files are only taken from below that
    /// directory, and never through symbolic links.
    /// - Parameter model: whose script is brought along as well, when it is one: it is to take the place of the plan's own.
    /// - Throws: `SignalboxError`: `not_found` or `invalid_input` when the plan's file cannot be read, else as
    ///   `PlanReader` does.
    public static func load(_ path: String, model: String? = nil) throws -> Plan {
        let script = model.flatMap(ScriptModel.path).flatMap { PlanNames.isConfinedPath($0) ? $0 : nil }
        var reader = try reader(of: path) { text, files in
            PlanReader.referencedFiles(in: text, path: path) { files.text(of: $0) }
                + [script].compactMap(\.self)
        }
        return try reader.plan()
    }

    /// The agent in that file, with the files it names, as plans are read.
    /// - Throws: `SignalboxError` as `load` does.
    public static func loadAgent(_ path: String) throws -> LibraryAgent {
        var reader = try reader(of: path) { text, _ in AgentReader.referencedFiles(in: text, path: path) }
        return try reader.libraryAgent()
    }

    /// - Parameter naming: gives the paths of the files that a text names.
    private static func reader(
        of path: String, naming: (String, inout FilesBeside) -> [String]
    ) throws -> DocumentReader {
        let text: String
        do throws(FileProblem) {
            text = try PlanFile.read(path, below: AT_FDCWD, followingLinks: true, maximum: Limits.planBytesMaximum)
        } catch {
            let code: SignalboxError.Code = error.isMissing ? .notFound : .invalidInput
            throw SignalboxError(code, "\(path): \(error.message).", hint: error.hint)
        }
        let directory = path.lastIndex(of: "/").map { path[...$0] } ?? "./"
        let descriptor = unsafe open(String(directory), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw SignalboxError(.invalidInput, "\(directory): \(FileProblem(errno: errno).message).")
        }
        defer { close(descriptor) }
        var files = FilesBeside(directory: descriptor)
        for file in naming(text, &files).prefix(Limits.planFilesMaximum) { _ = files.text(of: file) }
        return DocumentReader(
            PlanSource(path: path, text: text, files: files.texts), fileProblems: files.problems)
    }
}

/// The files beside a plan, as far as they have been asked for; each is read once.
private struct FilesBeside {
    let directory: Int32
    private(set) var texts: [String: String] = [:]
    /// Why a file that is there could not be read.
    private(set) var problems: [String: String] = [:]

    init(directory: Int32) {
        self.directory = directory
    }

    /// The text of a file; nil when there is none that can be read.
    /// - Parameter path: a confined path.
    mutating func text(of path: String) -> String? {
        if let text = texts[path] { return text }
        guard problems[path] == nil else { return nil }
        do throws(FileProblem) {
            let text = try PlanFile.read(
                path, below: directory, followingLinks: false, maximum: Limits.planFileBytesMaximum)
            texts[path] = text
            return text
        } catch {
            problems[path] = error.isMissing ? nil : "\"\(path)\": \(error.message)"
            return nil
        }
    }
}
