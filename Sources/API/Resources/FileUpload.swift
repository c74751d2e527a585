internal import Core
internal import HTTPServer
internal import Runtime
internal import Store
internal import Synchronization

/// Receives the files of one request in bounded memory: all of them, or none. Its calls block.
///
/// Until the last file is complete none has its place, and all that needs room for bytes is done before: what remains are
/// renames. If one of these fails, because the disk breaks or a directory must grow on a disk without any room, or if the
/// power fails between two, those before it stay: blobs that no task names, under hashes that nobody was told.
struct FileUpload: Sendable {
    let blobs: BlobStore

    /// A file that is stored.
    struct Stored: Sendable {
        var name: String
        var size: Int64
        var hash: ContentHash
        var mediaType: String

        var json: JSON {
            [
                "name": .string(name), "size": .int(size), "sha256": .string(hash.rawValue),
                "type": .string(mediaType),
            ]
        }
    }

    /// The schema of `Stored`.
    static let schema = Schema.object(["name": .text, "size": .count, "sha256": .hash, "type": .text])
        .named("UploadedFile")

    private struct Incoming {
        var name: String
        var mediaType: String
        var writer: BlobWriter

        func stored() throws -> Stored {
            Stored(name: name, size: writer.size, hash: try writer.commit(), mediaType: mediaType)
        }
    }

    /// A body that is the file itself.
    /// - Throws: `SignalboxError` with code `storage_error`, and what the body breaks off with.
    func raw(_ body: BodyStream, name: String, mediaType: String) throws -> Stored {
        let writer = try blobs.writer()
        while let piece = try body.next() { try writer.append(piece[...]) }
        return try Incoming(name: name, mediaType: mediaType, writer: writer).stored()
    }

    /// The files of a form, in their order.
    /// - Throws: `SignalboxError`: `malformed_request` and `limit_exceeded` for what is no such form, `invalid_input` for
    ///   parts that are no files and names that cannot be; `storage_error`; and what the body breaks off with.
    func form(_ body: BodyStream, contentType: String) throws -> [Stored] {
        var parser = try MultipartParser(contentType: contentType, partsMaximum: Limits.taskFilesMaximum)
        var files: [Incoming] = []
        while let piece = try body.next() {
            try parser.receive(piece) { event in
                switch event {
                case .part(let part): files.append(try incoming(part))
                case .bytes(let bytes): try files.last?.writer.append(bytes)
                case .partEnd: try files.last?.writer.seal()
                }
            }
        }
        try parser.finish()
        guard !files.isEmpty else { throw SignalboxError(.invalidInput, "There is no file in the form.") }
        return try files.map { try $0.stored() }
    }

    private func incoming(_ part: MultipartPart) throws -> Incoming {
        guard let given = part.fileName else {
            throw SignalboxError(
                .invalidInput, "The field \"\(part.name.prefix(80))\" of the form is no file.",
                hint: "Send files only, each with a name.")
        }
        let name = try FileName.checked(given)
        return Incoming(
            name: name, mediaType: MediaType.of(part.mediaType, named: name), writer: try blobs.writer())
    }
}

extension FileUpload.Stored {
    init(_ file: FetchedFile) {
        self.init(name: file.name, size: file.size, hash: file.hash, mediaType: file.mediaType)
    }
}

/// How many uploads are under way: each holds a thread.
public final class UploadSlots: Sendable {
    private let taken = Mutex(0)

    public init() {}

    /// Does an upload, if there is room for it.
    /// - Throws: `SignalboxError` with code `unavailable`, and what the body throws.
    public func use<Result>(_ body: () async throws -> Result) async throws -> Result {
        let isFree = taken.withLock { taken in
            guard taken < Limits.uploadsMaximum else { return false }
            taken += 1
            return true
        }
        guard isFree else {
            throw SignalboxError(
                .unavailable, "\(Limits.uploadsMaximum) files are being uploaded already.", hint: "Try again later.")
        }
        defer { taken.withLock { $0 -= 1 } }
        return try await body()
    }
}
