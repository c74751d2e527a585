import Core
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RequestTargetTests {
    @Test(arguments: [
        "tasks", "", "*", "http://localhost/tasks", "/a/../b", "/a/%2e%2E/b", "/./a", "/a/..", "/%", "/%4", "/%zz",
        "/%ff", "/%C3", "/a%00b", "/a%0d%0ab", "/a?x=%ff", "/a?x=%00", "/a?%z=1",
    ])
    func `What cannot be read without doubt is refused`(target: String) throws {
        let error = #expect(throws: SignalboxError.self) { try Request(.get, target) }
        #expect(error?.code == .malformedRequest)
        #expect(error.map { Response.problem($0).status } == .badRequest)
    }

    @Test(arguments: [
        ("/", []), ("/a", ["a"]), ("/a/", ["a"]), ("//a", ["", "a"]), ("/a//b", ["a", "", "b"]),
        ("/%2e%2e%2f", ["../"]), ("/...", ["..."]), ("/a+b", ["a+b"]), ("/%E2%82%AC", ["€"]),
    ])
    func `A path is split before it is decoded`(target: String, segments: [String]) throws {
        #expect(try Request(.get, target).segments == segments)
    }

    @Test func `Parameters keep their order and may repeat`() throws {
        let query = try Request(.get, "/?tag=a&x=1=2&tag=b&&empty=&bare").query
        #expect(query.all("tag") == ["a", "b"])
        #expect(query["x"] == "1=2")
        #expect(query["empty"] == "")
        #expect(query["bare"] == "")
        #expect(query["absent"] == nil)
    }
}
