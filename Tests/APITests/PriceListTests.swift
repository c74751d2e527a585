import Core
import HTTPServer
import Testing

/// Lists of prices that are handed to a server.
@Suite(.timeLimit(.minutes(1)))
struct PriceListTests {
    private func take(_ list: String, _ world: World, name: String = "") async throws -> World.Answer {
        try await world.send(
            .post, "/api/prices/import\(name)", headers: ["Content-Type": "application/json"], body: Array(list.utf8))
    }

    @Test func `A body that is no list is not called by the name of a file`() async throws {
        try await World.with(.inProcess) { world in
            let answer = try await take("[]", world)
            #expect(answer.status == 422 && answer.text.contains("The body is not"), "\(answer.text)")
            #expect(!answer.text.contains("body.json"), "\(answer.text)")
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `A list that was taken over holds at once, digit by digit`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            let entry = #"{"litellm_provider":"acme","input_cost_per_token":1e-07,"output_cost_per_token":3.3e-06}"#
            let taken = try await take("{\"acme/large\":\(entry),\"drawn\":{}}", world, name: "?name=monday")
            #expect(taken.status == 200, "\(taken.text)")
            let report = try taken.json()
            #expect(report["name"] == "monday" && report["models"] == 1 && report["skipped"] == 1)
            #expect(report["left_out"]?[0] == ["model": "drawn", "reason": "names no provider"])
            for target in ["/api/prices/acme/large", "/api/prices/elsewhere/large?priced_as=acme"] {
                let prices = try await world.send(.get, target).json()
                #expect(prices["list"] == "monday")
                #expect(prices["today"] == ["input": "0.1", "output": "3.3"])
            }
            let near = try await world.send(.get, "/api/prices/acme/larg")
            #expect(near.status == 404)
            #expect(try near.json()["hint"] == "did you mean \"acme/large\"?")
        }
    }

    @Test(arguments: [
        (#"{"name":"own","models":{"a/b":{"input":-1}}}"#, "/models/a~1b/input"), ("[]", ""),
    ])
    func `Mistakes are told with their place in the body, and what was there stays`(
        list: String, pointer: String
    ) async throws {
        try await World.with(.inProcess) { world in
            let before = try await world.send(.get, "/api/prices").json()
            let refused = try await take(list, world)
            #expect(refused.status == 422)
            #expect(try refused.json()["errors"]?[0]?["pointer"]?.stringValue == pointer, "\(refused.text)")
            #expect(try await take("{}", world, name: "?name=%20").status == 422)
            #expect(try await world.send(.get, "/api/prices").json() == before)
        }
    }
}
