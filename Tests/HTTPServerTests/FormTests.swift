import Core
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FormTests {
    private static func request(_ body: String, type: String = "application/x-www-form-urlencoded") throws -> Request {
        try Request(.post, "/x", headers: ["Content-Type": type], body: Array(body.utf8))
    }

    @Test func fieldsAreDecodedInTheirOrder() throws {
        let form = try Self.request("a=1&b=x+y%26z&a=%C3%BC%0D%0A&empty=&alone").form()
        #expect(form.map { $0.name } == ["a", "b", "a", "empty", "alone"])
        #expect(form.map { $0.value } == ["1", "x y&z", "ü\r\n", "", ""])
        #expect(try Self.request("").form().isEmpty)
    }

    @Test(arguments: ["text/plain", "application/json", "multipart/form-data; boundary=x"])
    func otherBodiesAreRefused(type: String) throws {
        let error = #expect(throws: SignalboxError.self) { try Self.request("a=1", type: type).form() }
        #expect(error?.code == .unsupportedMediaType)
    }

    @Test(arguments: ["a=%", "a=%zz", "a=%ff", "a=%00"])
    func brokenFormsAreRefused(body: String) throws {
        let error = #expect(throws: SignalboxError.self) { try Self.request(body).form() }
        #expect(error?.code == .malformedRequest)
    }

    @Test func tooManyFieldsAreRefused() throws {
        let body = String(repeating: "a=1&", count: Limits.formFieldsMaximum)
        #expect(try Self.request(body).form().count == Limits.formFieldsMaximum)
        let error = #expect(throws: SignalboxError.self) { try Self.request(body + "b=1").form() }
        #expect(error?.code == .limit)
    }
}
