internal import Client
internal import Core

/// The files that were named on the command line.
enum FileArguments: Sendable {
    /// The paths of all files: those named, and the regular files in directories that are named. It blocks.
    /// - Throws: `SignalboxError` for what is missing, too large or no file.
    static func paths(_ arguments: [String]) throws -> [String] {
        var paths: [String] = []
        for argument in arguments {
            guard FileSystem.isDirectory(argument) else {
                try check(argument)
                paths.append(argument)
                continue
            }
            let directory = argument.hasSuffix("/") ? argument : argument + "/"
            let files = try FileSystem.names(in: argument).map { directory + $0 }.filter {
                FileSystem.kind($0) == .file
            }
            guard !files.isEmpty else {
                throw SignalboxError(.invalidInput, "There are no files in the directory \(argument).")
            }
            for file in files { try check(file) }
            paths += files
        }
        guard paths.count <= Limits.taskFilesMaximum else {
            throw SignalboxError(
                .limit, "A task takes at most \(Limits.taskFilesMaximum) files; these are \(paths.count).")
        }
        return paths
    }

    private static func check(_ path: String) throws {
        guard FileSystem.exists(path) else { throw SignalboxError(.notFound, "There is no file \(path).") }
        guard let size = FileSystem.size(path) else {
            throw SignalboxError(.invalidInput, "\(path) is not a regular file.")
        }
        guard size <= Limits.uploadBytesMaximum else {
            throw SignalboxError(.limit, "The file \(path) is larger than \(Limits.uploadBytesMaximum) bytes.")
        }
    }

    /// Hands all of them over, one after the other, and shows on a terminal how far that is.
    static func upload(
        _ paths: [String], to client: SignalboxClient, _ context: CommandContext
    ) async throws -> [UploadedFile] {
        let total = try await onOwnThread("read") { paths.reduce(0) { $0 + Int64(FileSystem.size($1) ?? 0) } }
        let bar = ProgressBar(paths.count == 1 ? "Uploading" : "Uploading \(paths.count) files", .bytes, context)
        defer { bar.finish() }
        var files: [UploadedFile] = []
        var before: Int64 = 0
        for path in paths {
            let file = try await onOwnThread("open") { try OpenFile(path) }
            let name = try FileName.checked(path)
            let sent: @Sendable (Int64) -> Void = { [before] count in bar.advance(to: before + count, of: total) }
            files.append(try await client.upload(name: name, file, onSent: bar.isShown ? sent : nil))
            before += file.size
            bar.advance(to: before, of: total)
        }
        return files
    }

    /// Has all of them fetched, one after the other, and says on a terminal which one it is.
    static func fetch(
        _ urls: [String], by client: SignalboxClient, _ context: CommandContext
    ) async throws -> [UploadedFile] {
        let bar = ProgressBar(urls.count == 1 ? "Fetching" : "Fetching \(urls.count) files", .items, context)
        defer { bar.finish() }
        var files: [UploadedFile] = []
        for url in urls {
            files.append(try await client.fetch(url: url))
            bar.advance(to: Int64(files.count), of: Int64(urls.count))
        }
        return files
    }
}
