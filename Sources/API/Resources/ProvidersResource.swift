internal import Core
internal import HTTPServer
internal import Runtime

/// `/api/providers`: who is outside, and whether it can be reached.
struct ProvidersResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] { [list, test, testToolServer] }

    private static let name = Parameter.path("name", "The name of a provider, such as openai.")
    private static let server = Parameter.path("name", "The name of an MCP server.")

    private var list: Operation {
        Operation(
            .get, "/api/providers", "listProviders",
            "The providers of models and the MCP servers, and what of them is there; no secret is shown.",
            answers: [
                .json(
                    "All of them.",
                    .object(["providers": .array(of: .provider), "mcp_servers": .array(of: .toolServer)]))
            ]
        ) { _ in
            .json([
                "providers": .array(try await runtime.providers().map(\.json)),
                "mcp_servers": .array(await runtime.toolServers().map(\.json)),
            ])
        }
    }

    private var test: Operation {
        Operation(
            .post, "/api/providers/{name}/test", "testProvider",
            "Asks a model for a word, and says how far that came: a few tokens that no task counts, and up to 20 s.",
            parameters: [Self.name],
            body: .optionalJSON(
                .input(
                    optional: ["model": .text.saying("Without it, one that the settings name or tasks have used.")])),
            answers: [
                .json("What works and what does not.", .object(connectionTest + [("model", .text)], optional: []))
            ],
            problems: [.notFound]
        ) { call in
            var reader = try ObjectReader(try call.json())
            let model = reader.string("model")
            try reader.finish()
            let (asked, test) = try await runtime.testProvider(try call[Self.name], model: model)
            var answer = test.members
            answer["model"] = .string(asked)
            return .json(.object(answer))
        }
    }

    private var testToolServer: Operation {
        Operation(
            .post, "/api/mcp_servers/{name}/test", "testToolServer",
            "Reaches an MCP server, starting its program if need be, and asks for its tools; up to 20 s.",
            parameters: [Self.server],
            answers: [.json("What works and what does not.", .object(connectionTest, optional: []))],
            problems: [.notFound]
        ) { call in
            .json(.object(try await runtime.testToolServer(try call[Self.server]).members))
        }
    }

    private var connectionTest: [(String, Schema)] {
        [
            ("ok", .boolean), ("duration_ms", .count),
            (
                "checks",
                .array(
                    of: .object(
                        ["name": .word(ConnectionTest.Name.self), "state": .word(ConnectionTest.State.self)],
                        optional: ["detail": .text, "hint": .text]))
            ),
        ]
    }
}

extension Schema {
    /// `ProviderState.json`
    fileprivate static let provider = Schema.object(
        [
            "name": .text, "kind": .text, "base_url": .text, "ready": .boolean,
            "configured": .boolean.saying("Whether the settings say something about it."), "models": .array(of: .text),
        ],
        optional: ["key": .text.saying("Where its key is, for people."), "problem": .text]
    ).named("Provider")

    /// `ToolServerState.json`
    fileprivate static let toolServer = Schema.object(
        [
            "name": .text, "transport": .word(["stdio", "http"]), "place": .text,
            "state": .word(ToolServerState.State.self),
        ], optional: ["problem": .text]
    ).named("ToolServer")
}

extension ProviderState {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "name": .string(name), "kind": .string(kind), "base_url": .string(baseURL),
            "ready": .bool(isReady), "configured": .bool(isConfigured),
        ]
        object["key"] = keyPlace.map(JSON.string)
        object["problem"] = problem.map(JSON.string)
        object["models"] = .array(models.map(JSON.string))
        return .object(object)
    }
}

extension ToolServerState {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "name": .string(name), "transport": .string(transport), "place": .string(place),
            "state": .string(state.rawValue),
        ]
        object["problem"] = problem.map(JSON.string)
        return .object(object)
    }
}

extension ConnectionTest {
    fileprivate var members: JSONObject {
        [
            "ok": .bool(isFine), "duration_ms": .int(milliseconds),
            "checks": .array(
                checks.map { check in
                    var object: JSONObject = [
                        "name": .string(check.name.rawValue), "state": .string(check.state.rawValue),
                    ]
                    object["detail"] = check.detail.map(JSON.string)
                    object["hint"] = check.hint.map(JSON.string)
                    return .object(object)
                }),
        ]
    }
}
