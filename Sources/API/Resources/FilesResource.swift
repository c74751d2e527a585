internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/files`: bytes by their hash.
struct FilesResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] { [upload, download] }

    private static let name = Parameter.requiredText("name", "the name of the file")
    private static let otherName = Parameter.text("name", "What the file is called where it is kept.")
    private static let hash = Parameter.path("hash", "The SHA-256 of the bytes in 64 hexadecimal digits.")

    private var upload: Operation {
        Operation(
            .post, "/api/files", "uploadFile", "Keeps bytes, for a task that is created with their hash.",
            parameters: [Self.name], body: .bytes(maximum: Limits.uploadBytesMaximum),
            answers: [
                .json(
                    "The name and hash to name it with.",
                    .object(["name": .text, "size": .count, "sha256": .hash, "type": .text]), status: .created)
            ]
        ) { call in
            let name = try FileName.checked(try call[Self.name])
            let blobs = runtime.blobs
            let body = call.request.body
            let hash = try await onOwnThread("upload") { try blobs.write(body) }
            return .json(
                [
                    "name": .string(name), "size": .int(Int64(body.count)), "sha256": .string(hash.rawValue),
                    "type": .string(MediaType.ofFile(named: name)),
                ], status: .created)
        }
    }

    private var download: Operation {
        Operation(
            .get, "/api/files/{hash}", "downloadFile", "The bytes of that hash.",
            parameters: [Self.hash, Self.otherName],
            answers: [
                Answer(
                    status: .ok, summary: "The bytes, of the media type that the name stands for.",
                    contents: [("*/*", nil)], headers: [("Content-Disposition", "Always an attachment.")])
            ],
            problems: [.notFound]
        ) { call in
            guard let hash = ContentHash(rawValue: try call[Self.hash]) else {
                throw SignalboxError(
                    .notFound, "There is no file with that hash.", hint: "A hash has 64 hexadecimal digits.")
            }
            let blobs = runtime.blobs
            guard FileSystem.exists(blobs.path(of: hash)) else {
                throw SignalboxError(.notFound, "There is no file with the hash \(hash).")
            }
            let bytes = try await onOwnThread("download") { try blobs.read(hash) }
            let name = try call[Self.otherName].map(FileName.checked) ?? hash.short
            return Attachment.response(bytes, name: name, isImmutable: true)
        }
    }
}
