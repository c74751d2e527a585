internal import Core
internal import HTTPServer

/// A stored file as an answer: whole, the part that was asked for, or only that the client has it already.
enum FileDownload: Sendable {
    /// What browsers show without running anything in it. Everything else is for keeping.
    private static let shownTypes: Set = ["image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"]

    /// - Parameters:
    ///   - hash: that of the bytes, which is their version.
    ///   - name: what the file is called where it is kept; its media type follows from it.
    static func response(to request: Request, _ file: OpenFile, hash: ContentHash, name: String) -> Response {
        let tag = "\"\(hash.rawValue)\""
        let type = MediaType.ofFile(named: name)
        var headers: Headers = [
            "ETag": tag, "Cache-Control": "private, max-age=31536000, immutable", "Accept-Ranges": "bytes",
        ]
        if let seen = request.headers["If-None-Match"].map(EntityTags.init), seen.contains(hash.rawValue) {
            return Response(.notModified, headers: headers)
        }
        headers["Content-Type"] = type == "text/plain" ? "text/plain; charset=utf-8" : type
        headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        headers["Content-Disposition"] = Attachment.disposition(
            shownTypes.contains(type) ? "inline" : "attachment", name: name)
        switch ByteRange(of: request, tag: tag, size: file.size) {
        case .whole: return Response(headers: headers, body: .file(FileBody(file)))
        case .part(let range):
            headers["Content-Range"] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)"
            return Response(.partialContent, headers: headers, body: .file(FileBody(file, range: range)))
        case .unsatisfiable:
            let error = SignalboxError(
                .rangeNotSatisfiable, "The file has only \(file.size) bytes, none of which is in the range.")
            var response = Response.problem(error, for: request)
            response.headers["Content-Range"] = "bytes */\(file.size)"
            return response
        }
    }
}
