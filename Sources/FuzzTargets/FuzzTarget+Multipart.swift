internal import HTTPServer

extension FuzzTarget {
    /// Forms with files; wherever the bytes are cut, they hold the same files.
    static let multipart = FuzzTarget("multipart") { bytes in
        let (boundary, body) = Input.parts(bytes)
        let type = "multipart/form-data; boundary=\"\(Input.text(boundary))\""
        let whole = try files([body], type)
        try require(whole == (try files(Input.pieces(body), type)), "cut, they are other files")
        try require(whole == (try files(body.map { [$0] }, type)), "byte by byte, they are other files")
        try require(whole?.count ?? 0 <= partsMaximum, "more parts than may be")
    }

    private static let partsMaximum = 8

    private struct File: Equatable {
        var part: MultipartPart
        var bytes: [UInt8] = []
        var isWhole = false
    }

    /// Nil when the form is refused.
    private static func files(_ pieces: [[UInt8]], _ type: String) throws -> [File]? {
        try unlessRefused {
            var parser = try MultipartParser(contentType: type, partsMaximum: partsMaximum)
            var files: [File] = []
            for piece in pieces {
                try parser.receive(piece) { event in
                    switch event {
                    case .part(let part): files.append(File(part: part))
                    case .bytes(let bytes): files[files.count - 1].bytes += bytes
                    case .partEnd: files[files.count - 1].isWhole = true
                    }
                }
            }
            try parser.finish()
            try require(files.allSatisfy(\.isWhole), "a file without an end")
            return files
        }
    }
}
