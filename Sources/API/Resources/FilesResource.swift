internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/files`: bytes by their hash.
struct FilesResource: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.post("/api/files", bodyBytesMaximum: Limits.uploadBytesMaximum, handler: upload)
        router.get("/api/files/{hash}", handler: download)
    }

    private func upload(_ request: Request) async throws -> Response {
        let query = try QueryReader(request.query, known: ["name"])
        guard let given = query.text("name") else {
            throw SignalboxError(.invalidInput, "The parameter \"name\" is missing: the name of the file.")
        }
        let name = try FileName.checked(given)
        let blobs = runtime.blobs
        let hash = try await onOwnThread("upload") { try blobs.write(request.body) }
        return .json(
            [
                "name": .string(name), "size": .int(Int64(request.body.count)), "sha256": .string(hash.rawValue),
                "type": .string(MediaType.ofFile(named: name)),
            ], status: .created)
    }

    private func download(_ request: Request) async throws -> Response {
        let query = try QueryReader(request.query, known: ["name"])
        guard let hash = ContentHash(rawValue: request.pathParameter("hash")) else {
            throw SignalboxError(
                .notFound, "There is no file with that hash.", hint: "A hash has 64 hexadecimal digits.")
        }
        let blobs = runtime.blobs
        guard FileSystem.exists(blobs.path(of: hash)) else {
            throw SignalboxError(.notFound, "There is no file with the hash \(hash).")
        }
        let bytes = try await onOwnThread("download") { try blobs.read(hash) }
        let name = try query.text("name").map(FileName.checked) ?? hash.short
        return Attachment.response(bytes, name: name, isImmutable: true)
    }
}
