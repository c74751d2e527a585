import Core
import HTTPServer
import Testing

/// Versions of what can be edited: nobody overwrites what they have not seen.
@Suite(.timeLimit(.minutes(1)))
struct VersionTests {
    private func save(_ text: String, _ world: World, ifMatch: String? = nil) async throws -> World.Answer {
        try await world.post(
            "/api/agents", LibraryTests.document(saying: text), headers: ifMatch.map { ["If-Match": $0] } ?? [:])
    }

    @Test(arguments: World.Transport.allCases)
    func `An agent is saved only over the version that was seen`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let absent = try await save("One.", world, ifMatch: "*")
            #expect(absent.status == 412)
            #expect(try absent.json()["code"] == "precondition_failed")
            let first = try await save("One.", world)
            let tag = try #require(first.headers["ETag"])
            #expect(tag == "\"\(try #require(try first.json()["hash"]?.stringValue))\"")
            let second = try await save("Two.", world, ifMatch: tag)
            #expect(second.status == 201)
            #expect(second.headers["ETag"] != tag)
            for condition in [tag, "\"x\"", "W/\(try #require(second.headers["ETag"]))", "nonsense"] {
                #expect(try await save("Three.", world, ifMatch: condition).status == 412, "\(condition)")
            }
            let agent = try await world.send(.get, "/api/agents/clerk")
            #expect(agent.headers["ETag"] == second.headers["ETag"])
            #expect(agent.text.contains("Two.") && !agent.text.contains("Three."))
            #expect(try await save("Three.", world, ifMatch: "\(tag), \(agent.headers["ETag"] ?? "")").status == 201)
        }
    }

    @Test func `Of two that have seen the same version, one wins`() async throws {
        try await World.with(.inProcess) { world in
            let tag = try #require(try await save("One.", world).headers["ETag"])
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for place in 0..<8 {
                    group.addTask { try await save("Number \(place).", world, ifMatch: tag).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [201, 412, 412, 412, 412, 412, 412, 412])
        }
    }

    @Test func `An agent is archived only in the version that was seen`() async throws {
        try await World.with(.inProcess) { world in
            let tag = try #require(try await save("One.", world).headers["ETag"])
            _ = try await save("Two.", world)
            let refused = try await world.post("/api/agents/clerk/archive", [:], headers: ["If-Match": tag])
            #expect(refused.status == 412)
            #expect(try await world.send(.get, "/api/agents/clerk").status == 200)
            #expect(
                try await world.post("/api/agents/clerk/archive", [:], headers: ["If-Match": "*"]).status == 200)
            #expect(try await save("Two.", world, ifMatch: tag).status == 412)
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `What the client has is not sent again`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let tag = try #require(try await save("One.", world).headers["ETag"])
            for seen in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
                let answer = try await world.send(.get, "/api/agents/clerk", headers: ["If-None-Match": seen])
                #expect(answer.status == 304, "\(seen)")
                #expect(answer.headers["ETag"] == tag && answer.body.isEmpty)
            }
            let other = try await world.send(.get, "/api/agents/clerk", headers: ["If-None-Match": "\"x\""])
            #expect(other.status == 200 && !other.body.isEmpty)
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `How large a body may be is announced`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let name = "Signalbox-Body-Bytes-Maximum"
            let maximum = String(Limits.requestBodyBytesMaximum)
            #expect(try await save("One.", world).headers[name] == maximum)
            let large = [UInt8](repeating: 0x20, count: Limits.requestBodyBytesMaximum + 1)
            let refused = try await world.send(
                .post, "/api/agents", headers: ["Content-Type": "application/json"], body: large)
            #expect(refused.status == 413)
            #expect(refused.headers[name] == maximum)
            // Whatever is wrong with a request, its answer says how large the next one may be.
            let json = ["Content-Type": "application/json"]
            for (target, headers, body, status) in [
                ("/api/agents", json, "{", 400), ("/api/agents", json, "{}", 422), ("/api/agents?x=1", json, "{}", 422),
                ("/api/agents", ["Content-Type": "text/plain"], "{}", 415),
                ("/api/plans/none/publish", json, "{}", 404),
            ] {
                let answer = try await world.send(.post, target, headers: headers, body: Array(body.utf8))
                #expect(answer.status == status && answer.headers[name] == maximum, "\(target): \(answer.text)")
            }
            let missed = try await save("Two.", world, ifMatch: "\"x\"")
            #expect(missed.status == 412 && missed.headers[name] == maximum)
            let file = try await world.send(
                .put, "/api/files", headers: ["Content-Type": "text/plain"], body: Array("x".utf8))
            #expect(file.status == 422 && file.headers[name] == String(Limits.uploadBytesMaximum), "\(file.text)")
            // Where no body is taken there is nothing to be said.
            #expect(try await world.send(.get, "/api/agents").headers[name] == nil)
            #expect(try await world.send(.post, "/api/tasks/1/cancel", headers: json).headers[name] == nil)
            #expect(try await world.send(.post, "/api/nowhere", headers: json).headers[name] == nil)
        }
    }
}
