import HTTPServer
import Testing

/// `Range` and `If-Range` as RFC 9110 §14 has them, for ten bytes.
@Suite(.timeLimit(.minutes(1)))
struct ByteRangeTests {
    struct Case: Sendable {
        var range: String
        var selected: ByteRange
    }

    private func select(_ headers: Headers, method: Method = .get, size: Int64 = 10) throws -> ByteRange {
        ByteRange(of: try Request(method, "/", headers: headers), tag: "\"t\"", size: size)
    }

    @Test(arguments: [
        Case(range: "bytes=0-0", selected: .part(0..<1)), Case(range: "bytes=2-5", selected: .part(2..<6)),
        Case(range: "Bytes=2-", selected: .part(2..<10)), Case(range: "bytes=9-", selected: .part(9..<10)),
        Case(range: "bytes= 3 - 4 ", selected: .part(3..<5)), Case(range: "bytes=0-99", selected: .part(0..<10)),
        Case(range: "bytes=5-99999999999999999999", selected: .part(5..<10)),
        Case(range: "bytes=-3", selected: .part(7..<10)), Case(range: "bytes=-99", selected: .part(0..<10)),
        Case(range: "bytes=10-", selected: .unsatisfiable), Case(range: "bytes=10-20", selected: .unsatisfiable),
        Case(range: "bytes=-0", selected: .unsatisfiable),
        Case(range: "bytes=99999999999999999999-", selected: .unsatisfiable),
        Case(range: "bytes=5-2", selected: .whole), Case(range: "bytes=0-1,4-5", selected: .whole),
        Case(range: "lines=0-1", selected: .whole), Case(range: "bytes=", selected: .whole),
        Case(range: "bytes=-", selected: .whole), Case(range: "bytes=a-b", selected: .whole),
        Case(range: "bytes=+1-2", selected: .whole), Case(range: "bytes=1-2-3", selected: .whole),
        Case(range: "bytes=1", selected: .whole), Case(range: "", selected: .whole),
    ])
    func `A single range selects a part`(example: Case) throws {
        #expect(try select(["Range": example.range]) == example.selected)
    }

    @Test(arguments: [("\"t\"", true), ("\"u\"", false), ("W/\"t\"", false), ("Wed, 21 Oct 2015 07:28:00 GMT", false)])
    func `A part is sent only of the version that the client has`(tag: String, isPart: Bool) throws {
        #expect(try select(["Range": "bytes=1-", "If-Range": tag]) == (isPart ? .part(1..<10) : .whole))
    }

    @Test func `Ranges are for GET, and of nothing there is no part`() throws {
        #expect(try select(["Range": "bytes=1-"], method: .head) == .whole)
        #expect(try select(["Range": "bytes=0-"], size: 0) == .unsatisfiable)
        #expect(try select(["Range": "bytes=-1"], size: 0) == .unsatisfiable)
        var headers: Headers = ["Range": "bytes=1-"]
        headers.add("Range", "bytes=2-")
        #expect(try select(headers) == .whole)
    }
}
