public import Core
public import Store
internal import StoreSQLite

extension DataDirectory {
    /// Writes all that tasks have left into one file: the database as it is at this moment, and the files and large values
    /// it refers to. A server may work on the directory meanwhile. The file is there whole or not at all. It blocks.
    /// - Parameters:
    ///   - isReplacing: whether a file that stands there may be replaced.
    ///   - unfinished: told what must not stay when the work is cut off.
    ///   - progress: told how much is done of how much, the database and each file counting as one.
    /// - Throws: `SignalboxError`: `not_found` when there is no database, `conflict`, `storage_error`.
    public func backUp(
        to file: String, isReplacing: Bool, unfinished: UnfinishedFiles = UnfinishedFiles(),
        progress: (Int64, Int64) -> Void = { _, _ in }
    ) throws -> BackupSummary {
        try requireDatabase()
        switch FileSystem.kind(file) {
        case nil: break
        case .file where isReplacing: break
        case .file:
            throw SignalboxError(
                .conflict, "There is a file \(file) already.", hint: "Choose another name, or replace it with --force.")
        case .directory, .other: throw SignalboxError(.conflict, "\(file) is not a regular file.")
        }
        guard try !contains(FileSystem.parent(of: file)) else {
            throw SignalboxError(
                .invalidInput, "\(file) stands in the data directory, and would be lost together with it.",
                hint: "Choose a place outside of \(path).")
        }
        // What a backup that was cut off has left.
        let partial = file + ".partial"
        let written = ["", "-journal", "-wal", "-shm"].map { partial + $0 }
        for path in written where FileSystem.kind(path) == .file { FileSystem.remove(path) }
        try unfinished.begin(written)
        do {
            let summary = try SQLiteBackup.write(
                database: database, blobs: BlobStore(directory: blobs), to: partial, at: .now, progress: progress)
            try unfinished.finish { try FileSystem.moveDurably(partial, to: file) }
            return summary
        } catch {
            for path in written { FileSystem.remove(path) }
            throw error
        }
    }

    /// - Throws: `SignalboxError` with code `not_found` when nothing has ever run on this directory.
    func requireDatabase() throws {
        guard FileSystem.exists(database) else {
            throw SignalboxError(
                .notFound, "There is no database in \(path).", hint: "Name the data directory: --data DIR.")
        }
    }

    private func contains(_ directory: String) throws -> Bool {
        let own = try FileSystem.resolve(path)
        let other = try FileSystem.resolve(directory)
        return other == own || other.hasPrefix(own + "/")
    }

    /// Puts the contents of a backup into this directory, which must be empty or not there. All of it is there afterwards,
    /// or the directory is as it was. It blocks.
    /// - Parameters:
    ///   - unfinished: as for `backUp`.
    ///   - progress: as for `backUp`.
    /// - Throws: `SignalboxError`: `conflict` when the directory is in use or not empty, `not_found`, `storage_error`.
    public func restore(
        from file: String, unfinished: UnfinishedFiles = UnfinishedFiles(),
        progress: (Int64, Int64) -> Void = { _, _ in }
    ) throws -> BackupSummary {
        let (isNew, lock) = try unfinished.begin(making: claim)
        do {
            let unpacked = BlobStore(directory: scratch + "/blobs")
            let summary = try SQLiteBackup.restore(
                from: file, database: scratch + "/signalbox.db", blobs: unpacked, progress: progress)
            try unfinished.finish {
                if FileSystem.exists(scratch + "/blobs") { try FileSystem.moveDurably(scratch + "/blobs", to: blobs) }
                // Only now there is a database; what came before counts for nothing without it.
                try FileSystem.moveDurably(scratch + "/signalbox.db", to: database)
            }
            FileSystem.remove(scratch)
            lock.release()
            return summary
        } catch {
            FileSystem.remove(scratch)
            if !FileSystem.exists(database) { FileSystem.remove(blobs) }
            FileSystem.remove(lockFile)
            if isNew { FileSystem.remove(path) }
            throw error
        }
    }

    /// Makes this directory, or takes one that is empty, so that no engine can start on it.
    /// - Returns: what is to be gone when the restore comes to nothing: of a directory that somebody else made only what a
    ///   restore puts into it.
    private func claim() throws -> (paths: [String], value: (isNew: Bool, lock: DataDirectoryLock)) {
        try checkEmptiness()
        // Only who makes a directory may remove it. Somebody else may be making the same one at this moment.
        let isNew = try FileSystem.makeDirectory(path)
        let lock = try DataDirectoryLock(self)
        // An engine may have been at work on it, and have ended, while nobody held the lock.
        try checkEmptiness()
        FileSystem.remove(scratch)
        FileSystem.remove(blobs)
        do {
            try FileSystem.createDirectory(scratch)
        } catch {
            FileSystem.remove(lockFile)
            if isNew { FileSystem.remove(path) }
            throw error
        }
        return (isNew ? [path] : [scratch, blobs, lockFile], (isNew, lock))
    }

    private func checkEmptiness() throws {
        guard FileSystem.kind(path) != nil else { return }
        let names = Set(try FileSystem.names(in: path))
        // A restore that was cut off left its scratch directory, and no database.
        let isCutOff = names.contains(Self.scratchName) && !names.contains("signalbox.db")
        let harmless: Set<String> = isCutOff ? ["lock", "blobs", Self.scratchName] : ["lock"]
        guard names.isSubset(of: harmless) else {
            throw SignalboxError(
                .conflict, "The data directory \(path) is not empty.",
                hint: "Restore into a new one: --data DIR.")
        }
    }

    private static let scratchName = ".restoring"
    private var scratch: String { path + "/" + Self.scratchName }
}
