import Core
import HTTPServer
import Testing

/// Filters and orders of lists that are kept under names.
@Suite(.timeLimit(.minutes(1)))
struct ViewTests {
    private func put(
        _ world: World, _ name: String, _ body: JSON, ifMatch: String? = nil
    ) async throws -> World.Answer {
        var headers = ["Content-Type": "application/json"]
        if let ifMatch { headers["If-Match"] = ifMatch }
        return try await world.send(.put, "/api/views/\(name)", headers: headers, body: body.bytes)
    }

    @Test(arguments: World.Transport.allCases)
    func `A view is kept, changed and forgotten`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let new = try await put(
                world, "what%20broke", ["filters": ["status": "failed,cancelled", "tag": "é", "from": "2026-01-01"]])
            #expect(new.status == 201, "\(new.text)")
            _ = try await put(world, "all", ["sort": "-cost"])
            let views = try await world.send(.get, "/api/views").json()["views"]?.arrayValue
            #expect(views?.map { $0["name"] } == ["all", "what broke"])
            #expect(views?.last?["filters"] == ["from": "2026-01-01", "status": "failed,cancelled", "tag": "é"])
            #expect(views?.last?["sort"] == nil && views?.first?["sort"] == "-cost")
            let changed = try await put(world, "all", ["filters": ["plan": "hello"]])
            #expect(changed.status == 200)
            #expect(try await world.send(.get, "/api/views/all").json()["filters"] == ["plan": "hello"])
            #expect(try await world.send(.delete, "/api/views/all").status == 200)
            #expect(try await world.send(.delete, "/api/views/all").status == 404)
            #expect(try await world.send(.get, "/api/views/all").status == 404)
        }
    }

    @Test func `Nobody changes or forgets a view that is another by now`() async throws {
        try await World.with(.inProcess) { world in
            let tag = try #require(try await put(world, "mine", [:]).headers["ETag"])
            let second = try await put(world, "mine", ["sort": "name"], ifMatch: tag)
            #expect(second.status == 200)
            #expect(try await put(world, "mine", [:], ifMatch: tag).status == 412)
            #expect(try await put(world, "other", [:], ifMatch: "*").status == 412)
            #expect(try await world.send(.delete, "/api/views/mine", headers: ["If-Match": tag]).status == 412)
            let seen = try #require(second.headers["ETag"])
            let same = try await world.send(.get, "/api/views/mine", headers: ["If-None-Match": seen])
            #expect(same.status == 304)
            #expect(try await world.send(.delete, "/api/views/mine", headers: ["If-Match": seen]).status == 200)
        }
    }

    @Test(
        arguments: [
            ["filters": ["status": "bad"]], ["filters": ["colour": "red"]], ["filters": ["from": "tomorrow"]],
            ["filters": ["zone": "Moon/Crater"]], ["filters": ["tag": 1]], ["filters": []], ["sort": "age"],
            ["name": "x"],
            ["filters": ["plan": .string(String(repeating: "x", count: Limits.viewFiltersBytesMaximum))]],
        ] as [JSON])
    func `What cannot be asked of a list is not kept`(body: JSON) async throws {
        try await World.with(.inProcess) { world in
            let answer = try await put(world, "x", body)
            #expect([413, 422].contains(answer.status), "\(answer.text)")
            #expect(try await world.send(.get, "/api/views").json()["views"] == [])
        }
    }

    @Test(arguments: ["%20x", "x%20", .init(repeating: "x", count: Limits.viewNameLengthMaximum + 1)])
    func `A name that nobody could type is refused`(name: String) async throws {
        try await World.with(.inProcess) { world in
            let answer = try await put(world, name, [:])
            #expect([400, 422].contains(answer.status), "\(answer.text)")
        }
    }

    @Test func `There is an end to how many are kept`() async throws {
        try await World.with(.inProcess) { world in
            for place in 0..<Limits.viewsMaximum {
                let answer = try await put(world, "v\(place)", [:])
                #expect(answer.status == 201, "\(answer.text)")
            }
            #expect(try await put(world, "more", [:]).status == 413)
            #expect(try await put(world, "v0", ["sort": "name"]).status == 200)
            #expect(try await world.send(.delete, "/api/views/v0").status == 200)
            #expect(try await put(world, "more", [:]).status == 201)
        }
    }
}
