internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// Whether the server lives, and whether it can work.
struct HealthResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] { [live, ready] }

    private var live: Operation {
        Operation(
            .get, "/healthz", "isLive", "Whether the server lives.",
            answers: [.json("It does.", .object(["status": .text]))]
        ) { _ in .json(["status": "ok"]) }
    }

    private var ready: Operation {
        Operation(
            .get, "/readyz", "isReady", "Whether the server can work; 503 or 507 when it cannot.",
            answers: [.json("It can.", .object(["status": .text, "position": .position]))]
        ) { _ in
            try await runtime.checkReadiness()
            let position = try await runtime.store.newestPosition()
            return .json(["status": "ready", "position": .int(position.rawValue)])
        }
    }
}
