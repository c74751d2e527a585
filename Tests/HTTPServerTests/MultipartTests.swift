import Core
import HTTPServer
import Testing

/// Forms with files, as browsers and curl send them, and as nobody should.
@Suite(.timeLimit(.minutes(1)))
struct MultipartTests {
    private struct File: Equatable {
        var name: String?
        var type: String?
        var text = ""
    }

    private static let type = "multipart/form-data; boundary=B"

    private func files(_ body: String, type: String = type, pieceBytes: Int = .max) throws -> [File] {
        var parser = try MultipartParser(contentType: type, partsMaximum: 3)
        var files: [File] = []
        var rest = Array(body.utf8)[...]
        while !rest.isEmpty {
            let piece = rest.prefix(pieceBytes)
            rest = rest.dropFirst(piece.count)
            try parser.receive(Array(piece)) { event in
                switch event {
                case .part(let part): files.append(File(name: part.fileName, type: part.mediaType))
                case .bytes(let bytes): files[files.count - 1].text += String(decoding: bytes, as: UTF8.self)
                case .partEnd: files[files.count - 1].text += "$"
                }
            }
        }
        try parser.finish()
        return files
    }

    private static func part(_ parameters: String, _ content: String, type: String? = nil) -> String {
        let type = type.map { "Content-Type: \($0)\r\n" } ?? ""
        return "--B\r\nContent-Disposition: form-data; \(parameters)\r\n\(type)\r\n\(content)\r\n"
    }

    @Test(arguments: [1, 2, 3, 7, 64, Int.max])
    func `Several files come in their order, however they are cut`(pieceBytes: Int) throws {
        let body =
            Self.part("name=\"f\"; filename=\"a.txt\"", "one\r\n--\r\n--b", type: "Text/Plain; charset=utf-8")
            + Self.part("name=f; filename=b", "") + "--B--\r\nwhat follows does not count"
        #expect(
            try files(body, pieceBytes: pieceBytes) == [
                File(name: "a.txt", type: "text/plain", text: "one\r\n--\r\n--b$"),
                File(name: "b", type: nil, text: "$"),
            ])
    }

    struct Name: Sendable {
        var written: String
        var name: String?
    }

    @Test(arguments: [
        Name(written: #"name="f"; filename="a \"b\".txt""#, name: #"a "b".txt"#),
        Name(written: #"name="f"; filename="a%22b""#, name: #"a"b"#),
        Name(written: #"name="f"; filename="C:\dir\a""#, name: #"C:\dir\a"#),
        Name(written: #"name="f"; filename="a;b=c""#, name: "a;b=c"),
        Name(written: #"name="f"; FileName="ä 🚂""#, name: "ä 🚂"), Name(written: #"name="f"; filename="""#, name: ""),
        Name(written: #"name="filename=x""#, name: nil), Name(written: "filename= a.txt ;name=f", name: "a.txt"),
    ])
    func `Names are read as clients write them`(example: Name) throws {
        let file = try #require(try files(Self.part(example.written, "x") + "--B--").first)
        #expect(file == File(name: example.name, type: nil, text: "x$"))
    }

    @Test func `What stands before the first boundary does not count`() throws {
        let body = "hello\r\n" + Self.part("name=f; filename=a", "x") + "--B--"
        #expect(try files(body).count == 1)
        #expect(try files("--B--").isEmpty)
    }

    struct Wrong: Sendable {
        var body: String
        var code = SignalboxError.Code.malformedRequest
    }

    @Test(arguments: [
        Wrong(body: ""), Wrong(body: "hello"), Wrong(body: String(repeating: "x", count: 5_000)),
        Wrong(body: MultipartTests.part("name=f; filename=a", "x")), Wrong(body: "--B\r\n\r\nx\r\n--B--"),
        Wrong(body: "--BB\r\n"), Wrong(body: "--B" + String(repeating: " ", count: 100)),
        Wrong(body: "--B\r\nContent-Disposition: attachment; filename=a\r\n\r\nx\r\n--B--"),
        Wrong(body: "--B\r\nContent-Disposition form-data\r\n\r\nx\r\n--B--"),
        Wrong(body: "--B\r\nContent-Disposition: form-data; filename=\"a\nb\"\r\n\r\nx\r\n--B--"),
        Wrong(body: MultipartTests.part("filename=a; filename=b", "x") + "--B--"),
        Wrong(body: "--B\r\n" + String(repeating: "A: b\r\n", count: 20) + "\r\nx\r\n--B--"),
        Wrong(body: "--B\r\nA: " + String(repeating: "x", count: 9_000), code: .limit),
        Wrong(body: String(repeating: MultipartTests.part("filename=a", "x"), count: 4) + "--B--", code: .limit),
    ])
    func `What is no such form is refused, byte by byte as well`(wrong: Wrong) {
        for pieceBytes in [Int.max, 1] {
            let error = #expect(throws: SignalboxError.self) { try files(wrong.body, pieceBytes: pieceBytes) }
            #expect(error?.code == wrong.code, "\(wrong.body.prefix(60))")
        }
    }

    @Test(arguments: [
        "multipart/form-data", "multipart/form-data; boundary=\"\"", "multipart/form-data; boundary=\u{7F}",
    ])
    func `A form needs a boundary`(type: String) {
        #expect(throws: SignalboxError.self) { try files("--B--", type: type) }
    }
}
