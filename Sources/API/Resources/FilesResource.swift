internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/files`: bytes by their hash.
struct FilesResource: Sendable {
    let runtime: Runtime
    private let slots = UploadSlots()

    init(runtime: Runtime) {
        self.runtime = runtime
    }

    var operations: [Operation] { [upload, put, fetch, download] }

    private static let name = Parameter.requiredText("name", "the name of the file")
    private static let nameOfRaw = Parameter.text("name", "The name of the file, unless the body is a form.")
    private static let otherName = Parameter.text("name", "What the file is called where it is kept.")
    private static let hash = Parameter.path("hash", "The SHA-256 of the bytes in 64 hexadecimal digits.")
    private static let form = "multipart/form-data"

    private var upload: Operation {
        Operation(
            .post, "/api/files", "uploadFile", "Keeps bytes, for a task that is created with their hash.",
            parameters: [Self.nameOfRaw],
            body: .files(maximum: Limits.uploadBytesMaximum, form: .files),
            answers: [
                .json(
                    "The name and hash to name it with; of a form those of each file.",
                    .any(of: FileUpload.schema, .object(["files": .array(of: FileUpload.schema)])), status: .created)
            ]
        ) { call in
            guard call.request.contentType != Self.form else { return }
            _ = try FileName.checked(try Self.name.value(in: call.request))
        } perform: { call in
            let contentType = call.request.headers["Content-Type"] ?? ""
            guard call.request.contentType == Self.form else { return try await keep(call) }
            let files = try await receive(call) { try $0.form($1, contentType: contentType) }
            return .json(["files": .array(files.map(\.json))], status: .created)
        }
    }

    /// The same for programs that send a file with PUT, such as `curl -T`.
    private var put: Operation {
        Operation(
            .put, "/api/files", "putFile", "Keeps bytes, of whatever media type they are.", parameters: [Self.name],
            body: .files(maximum: Limits.uploadBytesMaximum),
            answers: [.json("The name and hash to name it with.", FileUpload.schema, status: .created)]
        ) { call in
            _ = try FileName.checked(try call[Self.name])
        } perform: { call in
            try await keep(call)
        }
    }

    private var fetch: Operation {
        Operation(
            .post, "/api/files/fetch", "fetchFile", "Keeps what is found under a URL.",
            body: .json(
                .input(
                    [
                        "url": .text.saying(
                            "It starts with http:// or https://, and leads to a public address, redirects included, or to "
                                + "one that the setting `private_hosts` names.")
                    ],
                    optional: ["name": .text.saying("What the file is called, in place of what its server calls it.")]
                ).named("FileFetch")),
            answers: [.json("The name and hash to name it with.", FileUpload.schema, status: .created)],
            problems: [.addressRefused, .upstream]
        ) { call in
            let asked = try FetchRequest(try call.json())
            let file = try await slots.use { try await runtime.fetch(asked.url, named: asked.name) }
            return .json(FileUpload.Stored(file).json, status: .created)
        }
    }

    private func keep(_ call: Call) async throws -> Response {
        let name = try FileName.checked(try Self.name.value(in: call.request))
        let type = MediaType.of(call.request.headers["Content-Type"], named: name)
        let file = try await receive(call) { try $0.raw($1, name: name, mediaType: type) }
        return .json(file.json, status: .created)
    }

    private func receive<Result: Sendable>(
        _ call: Call, _ body: @escaping @Sendable (FileUpload, BodyStream) throws -> Result
    ) async throws -> Result {
        guard let stream = call.request.stream else { preconditionFailure("The body of an upload is a stream.") }
        let upload = FileUpload(blobs: runtime.blobs)
        return try await slots.use { try await onOwnThread("upload") { try body(upload, stream) } }
    }

    private var download: Operation {
        Operation(
            .get, "/api/files/{hash}", "downloadFile", "The bytes of that hash, or a part of them.",
            parameters: [Self.hash, Self.otherName, Parameter.ifNoneMatch, .range, .ifRange],
            answers: [
                Answer(
                    status: .ok, summary: "The bytes, of the media type that the name stands for.",
                    contents: [("*/*", nil)],
                    headers: [
                        ("Content-Disposition", "To be kept, unless it is a picture or plain text."),
                        ("Accept-Ranges", "Always `bytes`."),
                    ]
                ).withVersion,
                Answer(
                    status: .partialContent, summary: "The part that was asked for.", contents: [("*/*", nil)],
                    headers: [("Content-Range", "Which bytes they are, of how many.")]
                ).withVersion,
                .notModified,
            ],
            problems: [.notFound, .rangeNotSatisfiable]
        ) { call in
            guard let hash = ContentHash.written(try call[Self.hash]) else {
                throw SignalboxError(
                    .notFound, "There is no file with that hash.", hint: "A hash has 64 hexadecimal digits.")
            }
            let blobs = runtime.blobs
            guard FileSystem.exists(blobs.path(of: hash)) else {
                throw SignalboxError(.notFound, "There is no file with the hash \(hash).")
            }
            let name = try call[Self.otherName].map { try FileName.checked($0, mayHide: true) } ?? hash.short
            let file = try await onOwnThread("download") { try blobs.open(hash) }
            return FileDownload.response(to: call.request, file, hash: hash, name: name)
        }
    }
}

extension Schema {
    /// A form whose parts are files, under any name.
    fileprivate static let files = Schema([
        "type": "object",
        "additionalProperties": [
            "anyOf": [
                ["type": "string", "format": "binary"],
                ["type": "array", "items": ["type": "string", "format": "binary"]],
            ]
        ],
    ])
}

extension OperationParameter where Self == Parameter<String?> {
    /// The part of a file that is wanted.
    static var range: Parameter<String?> {
        Parameter(
            name: "Range", place: .header, summary: "One part of it: `bytes=0-99`, `bytes=100-`, or `bytes=-100`.",
            isRequired: false, schema: .text
        ) { $0 }
    }

    /// The version that the client has a part of.
    static var ifRange: Parameter<String?> {
        Parameter(
            name: "If-Range", place: .header, summary: "All of it is sent when its `ETag` is not this.",
            isRequired: false, schema: .text
        ) { $0 }
    }
}
