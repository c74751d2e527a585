import Core
import HTTPServer
import Runtime
import Testing

/// Files that the server fetches from a URL, from a server of the test's own.
@Suite(.timeLimit(.minutes(1)))
struct FetchTests {
    private static let loopback = AddressRange("127.0.0.1").map(NetworkPattern.addresses)

    /// A world that may reach this machine, or may not, and the address of a server on it.
    private func withServer(
        isAllowed: Bool = true, _ transport: World.Transport = .inProcess,
        _ body: (World, _ address: String) async throws -> Void
    ) async throws {
        var router = Router()
        router.get("/files/{name}") { _ in
            Response(.ok, headers: ["Content-Type": "text/csv; charset=utf-8"], body: .bytes(Array("a,b\n".utf8)))
        }
        router.get("/named") { request in
            let disposition = "attachment; filename=\"x.bin\"; filename*=UTF-8''m%C3%A4rz.csv"
            return Response(.ok, headers: ["Content-Disposition": disposition], body: .bytes(Array("a".utf8)))
        }
        router.get("/to/{place}") {
            Response(.seeOther, headers: ["Location": "/\($0.pathParameter("place"))/moved.csv"])
        }
        router.get("/round/{name}") { _ in Response(.permanentRedirect, headers: ["Location": "/round/again"]) }
        router.get("/away") { _ in Response(.seeOther, headers: ["Location": "http://169.254.169.254/latest"]) }
        let server = try HTTPServer(configuration: ServerConfiguration(port: 0))
        try server.start(router)
        do {
            let allowed = isAllowed ? [try #require(Self.loopback)] : []
            try await World.with(transport, privateHosts: allowed) { try await body($0, server.address) }
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    @Test(arguments: World.Transport.allCases)
    func `What is fetched is kept as an upload is`(transport: World.Transport) async throws {
        try await withServer(transport) { world, address in
            let answer = try await world.post("/api/files/fetch", ["url": .string("\(address)/files/words%20two.csv")])
            #expect(answer.status == 201, "\(answer.text)")
            let file = try answer.json()
            #expect(file["name"] == "words two.csv")
            #expect(file["size"] == 4)
            #expect(file["type"] == "text/csv")
            let hash = try #require(file["sha256"]?.stringValue)
            let kept = try await world.send(.get, "/api/files/\(hash)")
            #expect(kept.text == "a,b\n")
        }
    }

    @Test(arguments: [
        ("/named", nil, "m\u{E4}rz.csv", "text/csv"), ("/named", "own.txt", "own.txt", "text/plain"),
        ("/to/files", nil, "moved.csv", "text/csv"), ("/files/..%2Fup.csv", nil, "up.csv", "text/csv"),
    ])
    func `Its name comes from whoever knows best`(
        path: String, name: String?, expected: String, type: String
    ) async throws {
        try await withServer { world, address in
            let body: JSON = ["url": .string(address + path), "name": name.map(JSON.string) ?? .null]
            let answer = try await world.post("/api/files/fetch", body)
            #expect(answer.status == 201, "\(answer.text)")
            #expect(try answer.json()["name"]?.stringValue == expected)
            #expect(try answer.json()["type"]?.stringValue == type)
        }
    }

    @Test(arguments: [
        ("/nowhere", 502, "upstream_error", "answered with status 404."),
        ("/round/1", 502, "upstream_error", "redirects more than 5 times."),
        ("/away", 422, "address_refused", "169.254.169.254 is a"),
    ])
    func `What goes wrong is said`(path: String, status: Int, code: String, words: String) async throws {
        try await withServer { world, address in
            let answer = try await world.post("/api/files/fetch", ["url": .string(address + path)])
            #expect(answer.status == status)
            #expect(try answer.json()["code"]?.stringValue == code)
            #expect(try answer.json()["detail"]?.stringValue?.contains(words) == true, "\(answer.text)")
        }
    }

    @Test func `This machine is asked for nothing that the settings do not allow`() async throws {
        try await withServer(isAllowed: false) { world, address in
            for url in [address + "/files/a.csv", address.replacing("127.0.0.1", with: "localhost") + "/named"] {
                let answer = try await world.post("/api/files/fetch", ["url": .string(url)])
                #expect(answer.status == 422)
                let problem = try answer.json()
                #expect(problem["code"] == "address_refused")
                #expect(problem["hint"]?.stringValue?.contains("private_hosts") == true)
            }
        }
    }

    @Test(arguments: [
        (#"{"url": "file:///etc/passwd"}"#, "/url"), (#"{"url": "words"}"#, "/url"), ("{}", "/url"),
        (#"{"url": "http://ada:hunter2@127.0.0.1/"}"#, "/url"),
        (#"{"url": "http://127.0.0.1/", "nmae": "a"}"#, "/nmae"),
    ])
    func `What is no request for a file is refused`(body: String, pointer: String) async throws {
        try await World.with(.inProcess) { world in
            let answer = try await world.post("/api/files/fetch", try JSON(parsing: body))
            #expect(answer.status == 422)
            #expect(
                try answer.json()["errors"]?.arrayValue?.first?["pointer"]?.stringValue == pointer, "\(answer.text)")
            #expect(!answer.text.contains("hunter2"))
        }
    }

    @Test func `What is too large is not kept`() async throws {
        try await withServer { world, address in
            let error = await #expect(throws: SignalboxError.self) {
                try await world.runtime.fetch("\(address)/files/a.csv", bytesMaximum: 3)
            }
            #expect(error?.code == .limit)
            let hash = ContentHash(of: Array("a,b\n".utf8))
            let kept = try await world.send(.get, "/api/files/\(hash.rawValue)")
            #expect(kept.status == 404)
        }
    }
}
