internal import Core
internal import HTTPServer
internal import Store

/// Reads a form with files: texts into memory, files into the blob store. Its calls block.
enum FormReading: Sendable {
    private static let partsMaximum = Limits.taskFilesMaximum + Limits.formFieldsMaximum

    private struct Incoming {
        var part: MultipartPart
        var text: [UInt8] = []
        /// Of a file.
        var writer: BlobWriter?
    }

    static func read(_ stream: BodyStream, contentType: String, blobs: BlobStore) throws -> SubmittedForm {
        var parser = try MultipartParser(contentType: contentType, partsMaximum: partsMaximum)
        var form = SubmittedForm()
        var current: Incoming?
        var textBytes = 0
        while let piece = try stream.next() {
            try parser.receive(piece) { event in
                switch event {
                case .part(let part):
                    // A browser sends an empty part without a name where no file was chosen.
                    let isFile = part.fileName.map { !$0.isEmpty } ?? false
                    current = Incoming(part: part, writer: isFile ? try blobs.writer() : nil)
                case .bytes(let bytes):
                    if let writer = current?.writer { return try writer.append(bytes) }
                    textBytes += bytes.count
                    try check(textBytes: textBytes)
                    current?.text += bytes
                case .partEnd:
                    if let ended = current { try take(ended, &form) }
                    current = nil
                }
            }
        }
        try parser.finish()
        return form.withoutDropped
    }

    /// - Throws: `SignalboxError` with code `limit_exceeded`.
    static func check(textBytes: Int) throws {
        guard textBytes <= Limits.outputBytesMaximum else {
            throw SignalboxError(
                .limit, "What is written in a form may have at most \(Limits.outputBytesMaximum >> 20) MiB.",
                hint: "Give larger things as files.")
        }
    }

    private static func take(_ incoming: Incoming, _ form: inout SubmittedForm) throws {
        let name = incoming.part.name
        guard let writer = incoming.writer, let given = incoming.part.fileName else {
            guard incoming.part.fileName == nil else { return }
            return form.add(name, String(decoding: incoming.text, as: UTF8.self))
        }
        guard name.hasPrefix("upload:") else { return }
        let fileName = try FileName.checked(given)
        let size = writer.size
        form.add(
            UploadView(
                name: fileName, hash: try writer.commit(), bytes: size,
                mediaType: MediaType.of(incoming.part.mediaType, named: fileName)),
            for: String(name.dropFirst("upload:".count)))
    }
}
