import Core
import Testing

/// What `Content-Disposition` calls a file.
@Suite(.timeLimit(.minutes(1)))
struct HeaderFileNameTests {
    @Test(arguments: [
        ("attachment; filename=\"a b.txt\"", "a b.txt"), ("attachment; filename=a.txt", "a.txt"),
        ("attachment; filename=\"a.txt\"; filename*=UTF-8''%e2%82%ac%20rates.txt", "\u{20AC} rates.txt"),
        ("attachment; filename*=utf-8'en'b.txt; filename=a.txt", "b.txt"),
        // What cannot be read is left to the plain one.
        ("attachment; filename*=UTF-8''%e2%82; filename=a.txt", "a.txt"),
        ("attachment; filename*=UTF-8''%4; filename=a.txt", "a.txt"),
        ("attachment; filename*=latin-9''b.txt; filename=a.txt", "a.txt"),
        ("attachment", nil), ("", nil),
    ])
    func `The name is read`(header: String, name: String?) {
        #expect(HeaderParameters(header).fileName == name)
    }
}
