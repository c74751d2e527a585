import Core
import Engine
import HTTPServer
import Runtime
import Testing

@Suite(.timeLimit(.minutes(1)))
struct TaskTests {
    @Test(arguments: World.Transport.allCases)
    func `A task is made once for each key`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let body: JSON = ["plan": ["text": .string(SamplePlan.small)], "name": "N", "tags": ["t"]]
            let key = ["Idempotency-Key": "k1"]
            let first = try await world.post("/api/tasks", body, headers: key)
            #expect(first.status == 201)
            let id = try #require(try first.json()["id"]?.stringValue)
            #expect(first.headers["Location"] == "/api/tasks/\(id)")
            let again = try await world.post("/api/tasks", body, headers: key)
            #expect(again.status == 200)
            #expect(try again.json()["id"]?.stringValue == id)
            let other = try await world.post(
                "/api/tasks", ["plan": ["text": .string(SamplePlan.endless)]], headers: key)
            #expect(other.status == 409)
            let list = try await world.send(.get, "/api/tasks").json()
            #expect(list["total"] == 1)
            try await world.runtime.waitForEnd(of: TaskNumber(rawValue: 1))
            for reference in ["1", "%231", id] {
                let detail = try await world.send(.get, "/api/tasks/\(reference)").json()
                #expect(detail["status"] == "completed")
                #expect(detail["outputs"] == ["b": 1])
                #expect(detail["tags"] == ["t"])
            }
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `A late repetition of a request whose task was deleted does nothing`(
        transport: World.Transport
    ) async throws {
        try await World.with(transport) { world in
            let body: JSON = ["plan": ["text": .string(SamplePlan.small)]]
            let key = ["Idempotency-Key": "k1"]
            #expect(try await world.post("/api/tasks", body, headers: key).status == 201)
            try await world.runtime.waitForEnd(of: TaskNumber(rawValue: 1))
            #expect(try await world.send(.delete, "/api/tasks/1").status == 200)
            #expect(try await world.send(.get, "/api/tasks/1/export").status == 410)
            let late = try await world.post("/api/tasks", body, headers: key)
            #expect(late.status == 410)
            #expect(try late.json()["code"] == "gone")
            #expect(try late.json()["detail"]?.stringValue?.contains("Task #1,") == true, "\(late.text)")
            #expect(try await world.post("/api/tasks", ["prompt": "Else."], headers: key).status == 409)
            #expect(try await world.send(.get, "/api/tasks").json()["total"] == 0)
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `Equal requests at once make one task`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await world.post(
                            "/api/tasks", ["plan": ["text": .string(SamplePlan.small)]],
                            headers: ["Idempotency-Key": "k"]
                        ).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == Array(repeating: 200, count: 7) + [201])
            #expect(try await world.send(.get, "/api/tasks").json()["total"] == 1)
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `Lists are paged, newest first`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            for _ in 0..<5 { _ = try await world.run(SamplePlan.small) }
            func numbers(_ query: String) async throws -> [Int64] {
                let answer = try await world.send(.get, "/api/tasks" + query).json()
                #expect(answer["total"] == 5)
                return (answer["tasks"]?.arrayValue ?? []).compactMap { $0["number"]?.intValue }
            }
            #expect(try await numbers("") == [5, 4, 3, 2, 1])
            #expect(try await numbers("?size=2") == [5, 4])
            #expect(try await numbers("?size=2&page=3") == [1])
            #expect(try await numbers("?size=2&page=4") == [])
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `A task can be cancelled until it has ended`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            _ = try await world.post("/api/tasks", ["plan": ["text": .string(SamplePlan.endless)]])
            #expect(try await world.send(.post, "/api/tasks/1/cancel").status == 202)
            #expect(try await world.runtime.waitForEnd(of: TaskNumber(rawValue: 1)) == .cancelled)
            #expect(try await world.send(.post, "/api/tasks/1/cancel").status == 409)
            let completed = try await world.run(SamplePlan.small)
            #expect(try await world.send(.post, "/api/tasks/\(completed)/cancel").status == 409)
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `Files come back as they were, to be kept and not shown`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let bytes = Array("<script>alert(1)</script>\0\u{FF}".utf8)
            let sent = try await world.send(
                .post, "/api/files?name=a%20b.html", headers: ["Content-Type": "application/octet-stream"], body: bytes)
            #expect(sent.status == 201)
            let hash = try #require(try sent.json()["sha256"]?.stringValue)
            let file = try await world.send(.get, "/api/files/\(hash)?name=a%20b.html")
            #expect(file.body == bytes)
            let disposition = "attachment; filename=\"a b.html\"; filename*=UTF-8''a%20b.html"
            #expect(file.headers["Content-Disposition"] == disposition)
            #expect(file.headers["Content-Security-Policy"] == "sandbox; default-src 'none'")
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `It says whether it lives and can work`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let health = try await world.send(.get, "/healthz").json()
            #expect(health["status"] == "ok")
            let readiness = try await world.send(.get, "/readyz").json()
            #expect(readiness["status"] == "ready")
        }
    }
}
